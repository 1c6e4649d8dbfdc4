package io.tallystick.sync;

import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with an exchange of its own. */
abstract class OnStage {
  static final String TRADES = "/api/v3/myTrades";
  static final String DEPOSITS = "/sapi/v1/capital/deposit/hisrec";
  static final String RIGHTS = "/sapi/v1/account/apiRestrictions";

  @Inject Stage stage;

  @BeforeEach
  void open() {
    stage.open();
  }

  @AfterEach
  void close() {
    stage.close();
  }
}
