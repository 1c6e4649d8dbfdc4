package io.tallystick.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What the tests' PostgreSQL costs, for benchmarks. As Linux counts it, in steps of ten
 * milliseconds; a process that ended has left its time to the server's first one, so that none goes
 * missing.
 */
public final class DatabaseMeter {
  // Places in a line of /proc/<pid>/stat behind the name, which is its second field.
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int SYSTEM_OF_ENDED = 14;
  private static final long NANOS_PER_TICK = 10_000_000;

  private final ProcessHandle server;

  private DatabaseMeter(ProcessHandle server) {
    this.server = server;
  }

  /** A meter of the shared database. */
  public static DatabaseMeter shared() {
    try (Connection connection = TestDatabase.admin();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      ProcessHandle backend = ProcessHandle.of(row.getLong(1)).orElseThrow();
      return new DatabaseMeter(backend.parent().orElseThrow());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Processor time of all processes the server ever had, in nanoseconds. */
  public long used() {
    long children = server.children().mapToLong(child -> ticks(child, SYSTEM)).sum();
    return (ticks(server, SYSTEM_OF_ENDED) + children) * NANOS_PER_TICK;
  }

  // User and system time, and for the server's first process those of its ended children.
  private static long ticks(ProcessHandle process, int last) {
    try {
      String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      // The name is in brackets and may hold blanks.
      List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
      return fields.subList(USER, last + 1).stream().mapToLong(Long::parseLong).sum();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empties tables and whatever points at them, whoever's rows they hold. */
  public static void empty(List<String> tables) {
    try (Connection connection = TestDatabase.admin();
        Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute("truncate " + DatabaseAccess.SCHEMA + "." + table + " cascade");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does now what the server would do at some time of its own choice: vacuum and checkpoint. */
  public static void tidy() {
    try (Connection connection = TestDatabase.admin();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
      statement.execute("checkpoint");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
