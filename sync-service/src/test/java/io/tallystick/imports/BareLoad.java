package io.tallystick.imports;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Loads what an import wrote a second time, by the shortest way there is: as the tables' owner,
 * ready made, into tables of the same columns, checks and indexes without row-level security.
 */
final class BareLoad implements AutoCloseable {
  private static final String[] TABLES = {"evidence", "entry"};

  private final Connection connection;
  private final Path folder;

  /** Writes the holder's rows to files. */
  BareLoad(long tenant, long holder) throws SQLException, IOException {
    DatabaseAccess access = TestDatabase.shared();
    connection =
        DriverManager.getConnection(
            access.url(), access.owner().user(), TestDatabase.text(access.owner()));
    folder = Files.createTempDirectory("bare");
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = tallystick");
      statement.execute("set app.tenant = '%d'".formatted(tenant));
      // The application's sessions do not wait for the disk in tests either.
      statement.execute("set synchronous_commit = off");
      for (String table : TABLES) {
        statement.execute(
            """
            drop table if exists bare_%1$s;
            create table bare_%1$s (like %1$s including all);
            """
                .formatted(table));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file(table)))) {
          copy()
              .copyOut(
                  "copy (select * from %s where holder_id = %d) to stdout".formatted(table, holder),
                  out);
        }
      }
      statement.execute(
          """
          drop table if exists staged;
          create unlogged table staged (like evidence);
          """);
    }
  }

  private CopyManager copy() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private Path file(String table) {
    return folder.resolve(table);
  }

  private long load(String table, String into) throws SQLException, IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file(table)))) {
      return copy().copyIn("copy %s from stdin".formatted(into), in, 1 << 16);
    }
  }

  /** COPY of everything the posted ledger holds; tells the rows of evidence. */
  long posted() throws SQLException, IOException {
    load("entry", "bare_entry");
    return load("evidence", "bare_evidence");
  }

  /** COPY into an unlogged table, and from there what is not known yet. */
  long evidence() throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate bare_evidence");
      long rows = load("evidence", "staged");
      statement.execute("insert into bare_evidence select * from staged on conflict do nothing");
      return rows;
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("drop table bare_" + table);
        Files.delete(file(table));
      }
      statement.execute("drop table staged");
    }
    Files.delete(folder);
    connection.close();
  }
}
