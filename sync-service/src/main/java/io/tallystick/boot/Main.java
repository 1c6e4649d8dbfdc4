package io.tallystick.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The way in: checks settings, prepares the database, then starts the service or one command. */
@QuarkusMain
public final class Main {
  private static final Logger LOG = Logger.getLogger(Main.class);

  private static final int USAGE_FAULT = 2;

  private Main() {}

  /** Starts the service; with {@link Commands#USAGE} runs one command and ends. */
  public static void main(String... args) {
    boolean serves = args.length == 0;
    if (!serves && !Commands.knows(args)) {
      System.err.println(Commands.USAGE);
      System.exit(USAGE_FAULT);
    }
    StartSettings settings = StartSettings.of(ConfigProvider.getConfig());
    refuse("What to mend:", settings.faults());
    refuse("Its key store cannot be opened.", settings.masterKey().storeFaults());
    Database database = prepared(settings, serves);
    database.properties().forEach(System::setProperty);
    if (!serves) {
      // A command serves nobody and schedules nothing beside the service that may be running, and
      // its result stands alone on standard output.
      System.setProperty("quarkus.http.host-enabled", "false");
      System.setProperty("quarkus.scheduler.start-mode", "halted");
      System.setProperty("quarkus.log.console.stderr", "true");
    }
    Ending ending = new Ending();
    // The database outlives the service: a hook of our own waits until Quarkus has let go of it.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.close(database), "database-stop"));
    Quarkus.run(Application.class, ending::told, args);
  }

  private static Database prepared(StartSettings settings, boolean serves) {
    try {
      return Database.prepare(settings, serves);
    } catch (IOException | SQLException | IllegalStateException e) {
      refuse("Its database cannot be prepared.", List.of(Faults.sentence(e)));
      throw new IllegalStateException("unreachable", e);
    }
  }

  private static void refuse(String what, List<String> faults) {
    if (!faults.isEmpty()) {
      System.err.println("Tallystick does not start. " + what);
      faults.forEach(fault -> System.err.println("  - " + fault));
      System.exit(USAGE_FAULT);
    }
  }

  /** How the process ends: the service first, then its database, then the process. */
  private static final class Ending {
    private final CountDownLatch service = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();

    /** The service has ended; {@code failure} says why when it never came up. */
    void told(Integer code, @Nullable Throwable failure) {
      if (failure != null) {
        LOG.errorf("Tallystick did not start: %s", Faults.sentence(failure));
      }
      exitCode.set(failure != null && code == 0 ? 1 : code);
      service.countDown();
      System.exit(exitCode.get());
    }

    void close(Database database) {
      try {
        service.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      database.close();
      // Told to stop, the JVM would end with 128 and the signal's number, as if something had gone
      // wrong; everything is closed here, so the service's own code is the truth.
      Runtime.getRuntime().halt(exitCode.get());
    }
  }
}
