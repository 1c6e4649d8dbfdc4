package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.venue.Denial;
import io.tallystick.venue.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaveTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Verdict WALL =
      new Verdict.Wait(LONG, Verdict.Scope.EGRESS_ADDRESS, false, null);

  @Test
  void onlyAFirewallsNoIsLaidToTheCallAndOnlyToASuspect() {
    Leave suspect = new Leave(() -> true, true);
    assertEquals(new Verdict.Denied(Denial.FIREWALL, null), suspect.judged(WALL));
    List<Verdict> others =
        List.of(
            new Verdict.Good(),
            new Verdict.Retry(null, "HTTP 503"),
            new Verdict.Wait(LONG, Verdict.Scope.EGRESS_ADDRESS, true, -1003),
            new Verdict.Wait(LONG, Verdict.Scope.POOL, false, -1003),
            new Verdict.Denied(Denial.REGION, 0));
    others.forEach(verdict -> assertEquals(verdict, suspect.judged(verdict)));
    assertEquals(WALL, Leave.FREE.judged(WALL));
    assertEquals(WALL, Leave.asked(() -> true).judged(WALL));
  }
}
