package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gaps that no page would close, and that the next run closes all the same. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class GapsThatEndTest extends OnStage {
  private Subject subject;

  private void open(String stream, String domain, String partition, String reason, String from) {
    subject.tamper(
        """
        insert into gap (tenant_id, holder_id, gap_id, connection_id, domain, stream, partition,
          reason, from_at, remedy, opened_at)
        select tenant_id, holder_id, gen_random_uuid(), connection_id, '%s', '%s', '%s', '%s',
          now() - interval '%s', 'none', now()
        from bookmark limit 1
        """
            .formatted(domain, stream, partition, reason, from));
  }

  @Test
  void ordersThatAMarketRefusesWhereNothingHappenedAreNotMissing() {
    subject = stage.subject(stage.small(97)).connect();
    subject.runWell();
    open("spot-orders", "orders", "NEVERUSDT", "market-refused", "9 days");
    LeapingPace.leap(Duration.ofMinutes(5));
    subject.runWell();
    assertEquals(List.of(), subject.gaps());
  }

  @Test
  void whatANarrowerConsentElsewhereLeftOutIsReadUnderThisOne() {
    subject = stage.subject(stage.small(98)).connect();
    subject.runWell();
    open("deposits", "deposits", "elsewhere", "before-look-back", "20 days");
    open("deposits", "deposits", "far", "before-look-back", "9000 days");
    LeapingPace.leap(Duration.ofMinutes(5));
    subject.runWell();
    assertEquals(List.of("deposits far before-look-back"), subject.gaps());
  }
}
