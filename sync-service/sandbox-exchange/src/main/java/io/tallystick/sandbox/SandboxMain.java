package io.tallystick.sandbox;

import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Exchange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a sandbox on its own until the process ends: {@code --host 127.0.0.1 --port 8899 --seed 2026
 * --size demo} (or {@code full}, {@code small}, or a number of fills).
 */
public final class SandboxMain {
  private static final List<String> OPTIONS = List.of("--host", "--port", "--seed", "--size");

  private SandboxMain() {}

  /** Starts it; an unknown option ends the process with status 2 and the list of options. */
  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
        System.err.println("Options: " + String.join(" VALUE ", OPTIONS) + " VALUE");
        System.exit(2);
      }
      options.put(arguments[i], arguments[i + 1]);
    }
    try (Sandbox sandbox = start(options)) {
      System.out.println("Sandbox exchange on " + sandbox.baseUrl());
      print("read-only key", DemoAccount.READ_ONLY);
      print("trading key", DemoAccount.TRADING);
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
      ended.await();
    }
  }

  static Sandbox start(Map<String, String> options) {
    SandboxSettings settings =
        SandboxSettings.defaults()
            .at(
                options.getOrDefault("--host", "127.0.0.1"),
                Integer.parseInt(options.getOrDefault("--port", "8899")));
    long seed = Long.parseLong(options.getOrDefault("--seed", "2026"));
    Exchange exchange = new Exchange(settings.exchange());
    DemoAccount.open(exchange, plan(options.getOrDefault("--size", "demo"), seed));
    return Sandbox.start(settings, exchange);
  }

  private static AccountPlan plan(String size, long seed) {
    return switch (size) {
      case "demo" -> AccountPlan.demo(DemoAccount.NAME, seed);
      case "full" -> AccountPlan.full(DemoAccount.NAME, seed);
      case "small" -> AccountPlan.small(DemoAccount.NAME, seed);
      default -> AccountPlan.sized(DemoAccount.NAME, seed, 100, Integer.parseInt(size));
    };
  }

  /** These two keys are public on purpose; no other key is ever printed. */
  private static void print(String what, ApiKey key) {
    System.out.println("  " + what + ": " + key.key() + "  secret: " + key.secret());
  }
}
