package io.tallystick.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The packaged service as a process of its own, as an operator runs it: told by environment
 * variables, seen by its port, its output and its exit code.
 */
final class ServiceProcess implements AutoCloseable {
  /** How long a start may take where two cores serve several tests at once. */
  static final Duration START = Duration.ofSeconds(90);

  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path SERVICE = MODULE.resolve("../target/quarkus-app").normalize();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final int port;
  private final Path out;
  private final Path err;

  private ServiceProcess(Process process, int port, Path out, Path err) {
    this.process = process;
    this.port = port;
    this.out = out;
    this.err = err;
  }

  /** How a process is started. */
  static final class Start {
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> command = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final int port = freePort();
    private Path service = SERVICE;
    private boolean demo;

    /** Adds an environment variable. */
    Start with(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Adds options of the Java machine. */
    Start option(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    /** Runs it on a host of other habits: Turkish, in Kolkata, with another default charset. */
    Start elsewhere() {
      return option("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kolkata")
          .option("-Dfile.encoding=ISO-8859-1")
          .with("LC_ALL", "tr_TR.UTF-8")
          .with("TZ", "Asia/Kolkata");
    }

    /** Runs it below another program, such as one that changes the user. */
    Start below(String... program) {
      command.addAll(List.of(program));
      return this;
    }

    /** Runs a copy of the package. */
    Start from(Path copy) {
      service = copy;
      return this;
    }

    /** Runs one command instead of the service. */
    Start command(String... words) {
      arguments.addAll(List.of(words));
      return this;
    }

    ServiceProcess begin() throws IOException {
      Path folder = Files.createTempDirectory("tallystick-output");
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      command.add(JAVA.toString());
      // Short lives: the first compiler is enough, and starts sooner.
      command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(
          List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
      command.addAll(options);
      Path jar = service.resolve("quarkus-run.jar");
      if (demo) {
        command.addAll(
            List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                MODULE.resolve("target/tallystick-demo.jar")
                    + ":"
                    + MODULE.resolve("target/lib")
                    + "/*:"
                    + jar,
                "io.tallystick.demo.Demo"));
      } else {
        command.addAll(List.of("-jar", jar.toString()));
      }
      command.addAll(arguments);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.matches("(TALLYSTICK|QUARKUS|DEMO|JAVA_TOOL|MAVEN)_.*"));
      // These tests count runs and pages; who listens asks for runs of its own.
      builder.environment().put("TALLYSTICK_SYNC_LIVE", "false");
      builder.environment().putAll(environment);
      Process process = builder.start();
      RUNNING.add(process);
      return new ServiceProcess(process, port, out, err);
    }
  }

  /** The service alone on a data folder, listening on a free port of the loopback address. */
  static Start service(Path data) {
    Start start = new Start();
    return start
        .with("TALLYSTICK_DATA", data.toString())
        .with("QUARKUS_HTTP_PORT", Integer.toString(start.port));
  }

  /** The service on a data folder with a demo tenant, reading from a sandbox. */
  static Start service(Path data, String sandbox) throws IOException {
    DemoFiles files = DemoFiles.in(Files.createDirectories(data));
    return service(data)
        .with("TALLYSTICK_VAULT_MASTER_KEY_FILE", files.masterKey().toString())
        .with("TALLYSTICK_PROVISIONING_FILE", files.provisioning().toString())
        .with("TALLYSTICK_VENUES_BINANCE_SANDBOX_URL", sandbox)
        .with("TALLYSTICK_EGRESS_SHARE", "1.00");
  }

  /** The whole demo, with a sandbox of its own. */
  static Start demo(Path data) {
    Start start = new Start();
    start.demo = true;
    return start
        .with("TALLYSTICK_DATA", data.toString())
        .with("DEMO_PORT", Integer.toString(start.port))
        .with("DEMO_SANDBOX_PORT", "0");
  }

  /** Waits until the service says that it is ready; fails when it ends instead. */
  ServiceProcess awaitReady() {
    Awaitility.await("the service is ready")
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("ended with " + process.exitValue() + ": " + output());
          }
          return api("").isReady();
        });
    return this;
  }

  /** Waits for the end it comes to by itself; the result is the exit code. */
  int awaitEnd(Duration most) throws InterruptedException {
    if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("still running after " + most + ": " + output());
    }
    return process.exitValue();
  }

  /** Asks it to stop, as a supervisor does; the result is the exit code. */
  int stop(Duration most) throws InterruptedException {
    process.destroy();
    return awaitEnd(most);
  }

  /** Ends it without a word; what it started lives on. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /** Its API with this token; blank for none. */
  Api api(String token) {
    return new Api("http://127.0.0.1:" + port, token);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Standard output so far. */
  String out() {
    return text(out);
  }

  /** Standard output and standard error so far. */
  String output() {
    return text(out) + text(err);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(process);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
