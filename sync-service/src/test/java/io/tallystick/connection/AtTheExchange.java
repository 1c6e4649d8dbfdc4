package io.tallystick.connection;

import io.tallystick.sandbox.Sandbox;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** A test class with a sandbox exchange for all its tests and a world of its own for each. */
abstract class AtTheExchange {
  static Sandbox sandbox;

  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject Scheduler scheduler;

  World world;

  @BeforeAll
  static void open() {
    sandbox = World.open();
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @BeforeEach
  void begin() throws SchedulerException {
    World.still(scheduler);
    world = new World(sandbox, provisioning, transactions);
  }

  @AfterEach
  void end() throws SchedulerException {
    World.resume(scheduler);
  }
}
