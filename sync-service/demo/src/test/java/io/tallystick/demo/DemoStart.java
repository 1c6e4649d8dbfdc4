package io.tallystick.demo;

import io.tallystick.sandbox.SandboxSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;

/**
 * The demo, started once for all tests of a JVM. Others may read the same account in an
 * installation of the same keys beside it, long before it is done.
 */
final class DemoStart {
  private static DemoStart shared;

  final DataFolder data;
  final ServiceProcess process;
  final Instant begun;

  private DemoStart(DataFolder data, ServiceProcess process, Instant begun) {
    this.data = data;
    this.process = process;
    this.begun = begun;
  }

  /** The shared demo, whose keys are made and whose account is connected. */
  static synchronized DemoStart shared() throws IOException {
    if (shared == null) {
      DataFolder data = DataFolder.create();
      Instant begun = Instant.now();
      ServiceProcess process = ServiceProcess.demo(data.path()).begin();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, data)));
      Awaitility.await("the tour has connected its account")
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            if (!process.isAlive()) {
              throw new IllegalStateException("the demo ended early: " + process.output());
            }
            return process.out().contains("con_");
          });
      shared = new DemoStart(data, process, begun);
    }
    return shared;
  }

  /** A data folder of the same installation, empty else. */
  DataFolder sibling() throws IOException {
    return data.sibling();
  }

  /** Another exchange with the same account in it. */
  SandboxSettings exchange() throws IOException {
    Instant end = DemoFiles.historyEnd(data.path());
    return SandboxSettings.defaults().with(exchange -> exchange.withEnd(end)).withDemo();
  }

  private static void end(ServiceProcess process, DataFolder data) {
    process.close();
    try {
      data.close();
    } catch (IOException e) {
      System.err.println("could not remove " + data.path());
    }
  }
}
