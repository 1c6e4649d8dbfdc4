package io.tallystick.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
  @ParameterizedTest
  @ValueSource(strings = {"08006", "53300", "53100", "57P01", "58030", "40001", "40P01"})
  void whatPassesIsFoundHoweverDeepItLies(String state) {
    SQLException told = new SQLException("told", state);
    assertTrue(Outage.is(told));
    assertTrue(Outage.is(new IllegalStateException("outer", new RuntimeException(told))));
    RuntimeException beside = new RuntimeException("the transaction cannot end");
    beside.addSuppressed(told);
    assertTrue(Outage.is(new IllegalStateException(beside)));
  }

  @Test
  void whoFoundNoConnectionInTimeMayComeAgain() {
    assertTrue(Outage.is(new SQLException("no connection", new TimeoutException())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42P01", "42501", "22003", "55000", "57014"})
  void aFaultIsNone(String state) {
    assertFalse(Outage.is(new RuntimeException(new SQLException("told", state))));
  }

  @Test
  void neitherIsWhatTheDatabaseSaysNothingOf() {
    assertFalse(Outage.is(new SQLException("told")));
    assertFalse(Outage.is(new IllegalStateException(new TimeoutException())));
  }
}
