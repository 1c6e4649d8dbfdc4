package io.tallystick.kernel;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells the database's own trouble, which passes, from a fault that would come again. */
public final class Outage {
  /**
   * Beginnings of SQLSTATE: connection lost or refused, no resources, stopped by an operator or
   * starting, the system's own errors, and two transactions that waited for each other (PostgreSQL
   * 18 documentation, appendix A).
   */
  private static final List<String> PASSING = List.of("08", "53", "57P", "58", "40001", "40P01");

  private Outage() {}

  /** Whether the same work may well succeed in a while; whether it was committed is not known. */
  public static boolean is(Throwable trouble) {
    Deque<Throwable> open = new ArrayDeque<>(List.of(trouble));
    Set<Throwable> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Throwable one = open.pop();
      if (!seen.add(one)) {
        continue;
      }
      if (one instanceof SQLException told && passes(told)) {
        return true;
      }
      // A transaction that cannot end tells why beside its own word for it.
      open.addAll(Arrays.asList(one.getSuppressed()));
      if (one.getCause() != null) {
        open.add(one.getCause());
      }
    }
    return false;
  }

  // Who found no connection in time has no state: the pool says so, not the database.
  private static boolean passes(SQLException told) {
    @Nullable String state = told.getSQLState();
    return state == null
        ? told.getCause() instanceof TimeoutException
        : PASSING.stream().anyMatch(state::startsWith);
  }
}
