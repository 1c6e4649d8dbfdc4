package io.tallystick.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** The way in: checks settings, prepares the database, then starts the service or one command. */
@QuarkusMain
public final class Main {
  private static final Logger LOG = Logger.getLogger(Main.class);

  private Main() {}

  /** Starts the service; with {@code ledger-hash <connection id>} prints a hash and ends. */
  public static void main(String... args) {
    boolean serves = args.length == 0;
    StartSettings settings = StartSettings.of(ConfigProvider.getConfig());
    List<String> faults = settings.faults();
    if (!faults.isEmpty()) {
      System.err.println("Tallystick does not start. What to mend:");
      faults.forEach(fault -> System.err.println("  - " + fault));
      System.exit(2);
    }
    Database database = prepared(settings, serves);
    database.properties().forEach(System::setProperty);
    if (!serves) {
      // A command serves nobody and schedules nothing beside the service that may be running.
      System.setProperty("quarkus.http.host-enabled", "false");
      System.setProperty("quarkus.scheduler.start-mode", "halted");
    }
    CountDownLatch ended = new CountDownLatch(1);
    // The database outlives the service: a hook of our own waits until Quarkus has let go of it.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(database, ended), "database-stop"));
    Quarkus.run(
        Application.class,
        (code, failure) -> {
          if (failure != null) {
            LOG.errorf("Tallystick did not start: %s", Faults.sentence(failure));
          }
          ended.countDown();
          System.exit(failure != null && code == 0 ? 1 : code);
        },
        args);
  }

  private static Database prepared(StartSettings settings, boolean serves) {
    try {
      return Database.prepare(settings, serves);
    } catch (IOException | SQLException | IllegalStateException e) {
      System.err.println("Tallystick does not start: its database cannot be prepared.");
      System.err.println("  - " + Faults.sentence(e));
      System.exit(2);
      throw new IllegalStateException("unreachable", e);
    }
  }

  private static void close(Database database, CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    database.close();
  }
}
