package io.tallystick.sync;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;

/** The even seeds. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class EvenSimulationTest extends Simulation {
  EvenSimulationTest() {
    super(0);
  }
}
