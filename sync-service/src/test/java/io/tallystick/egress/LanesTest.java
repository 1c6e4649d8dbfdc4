package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.vault.ScriptedVenue;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes();

  @Test
  void accountsThatCameAndWentAreForgotten() {
    for (int account = 0; account < 50_000; account++) {
      lanes.of("uid " + account);
      assertTrue(lanes.size() <= 1024, "lanes kept: " + lanes.size());
    }
  }

  @Test
  void whereSomebodyWaitsTheLaneStays() {
    Lane busy = lanes.of("busy");
    Lane.Waiter waiter =
        busy.join(new Charge("scripted/sandbox", ScriptedVenue.UID, "busy", "a", 1, Priority.LIVE));
    for (int account = 0; account < 5_000; account++) {
      lanes.of("uid " + account);
    }
    assertSame(busy, lanes.of("busy"));
    busy.leave(waiter, true);
    assertEquals(0, busy.before(waiter));
  }
}
