package io.tallystick.demo;

import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Starts the sandbox exchange and the packaged service in one process, with a demo tenant whose
 * tokens everybody knows and which can hold sandbox connections only; then walks through a first
 * sync. Neither the tokens nor the sandbox are part of the service.
 *
 * <p>Environment: {@code TALLYSTICK_DATA} (folder, {@code demo-data}), {@code DEMO_PORT} (8080),
 * {@code DEMO_SANDBOX_PORT} (8090; 0 for any that is free), {@code DEMO_LOG} (level, {@code WARN}).
 */
public final class Demo {
  private Demo() {}

  /** Runs until stopped. */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(setting("TALLYSTICK_DATA", "demo-data")).toAbsolutePath().normalize();
    int port = Integer.parseInt(setting("DEMO_PORT", "8080"));
    int sandboxPort = Integer.parseInt(setting("DEMO_SANDBOX_PORT", "8090"));
    Files.createDirectories(data);
    DemoFiles files = DemoFiles.in(data);
    Sandbox sandbox =
        Sandbox.start(
            SandboxSettings.defaults()
                .with(exchange -> exchange.withEnd(files.historyEnd()))
                .withDemo()
                .at("127.0.0.1", sandboxPort));
    System.setProperty("tallystick.data", data.toString());
    System.setProperty("tallystick.vault.master-key-file", files.masterKey().toString());
    System.setProperty("tallystick.provisioning-file", files.provisioning().toString());
    System.setProperty("tallystick.venues.binance.sandbox-url", sandbox.baseUrl().toString());
    System.setProperty("tallystick.venues.ecb.sandbox-url", sandbox.baseUrl().toString());
    System.setProperty("tallystick.rates.from", "sandbox");
    // The demo has its sandbox to itself, so it may use the whole of the venue's budget.
    System.setProperty("tallystick.egress.share", "1.00");
    System.setProperty("quarkus.http.port", Integer.toString(port));
    System.setProperty("quarkus.log.console.level", setting("DEMO_LOG", "WARN"));
    Tour tour = new Tour("http://127.0.0.1:" + port, sandbox.baseUrl().toString());
    Thread.ofVirtual().name("tour").start(tour::walk);
    startService();
  }

  // The service is started from its own package, by the way in that every Quarkus package has.
  private static void startService() throws ReflectiveOperationException {
    try {
      Class.forName("io.quarkus.bootstrap.runner.QuarkusEntryPoint")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the service did not start", e.getCause());
    }
  }

  private static String setting(String name, String standard) {
    return Optional.ofNullable(System.getenv(name)).orElse(standard);
  }

  static void say(String line) {
    System.out.println(line);
  }

  static IOException noAnswer(String what) {
    return new IOException("the service did not answer as expected: " + what);
  }
}
