package io.tallystick.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** What runs once the container is up: the service, or one command. */
public final class Application implements QuarkusApplication {
  private final Commands commands;

  Application(Commands commands) {
    this.commands = commands;
  }

  @Override
  public int run(String... args) {
    if (args.length == 0) {
      Quarkus.waitForExit();
      return 0;
    }
    return commands.run(args);
  }
}
