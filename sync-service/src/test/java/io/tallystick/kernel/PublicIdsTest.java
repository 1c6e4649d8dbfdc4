package io.tallystick.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PublicIdsTest {
  @Test
  void everyKindOfIdIsReadBackAsItWasWritten() {
    long seed = new Random().nextLong();
    System.out.println("PublicIdsTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      long holder = random.nextLong();
      long key = random.nextLong();
      UUID id = new UUID(random.nextLong(), random.nextLong());
      assertEquals(holder, PublicIds.holder(PublicIds.holder(holder)));
      assertEquals(key, PublicIds.client(PublicIds.client(key)));
      PublicIds.Keyed keyed = new PublicIds.Keyed(holder, key);
      assertEquals(keyed, PublicIds.consent(PublicIds.consent(holder, key)));
      assertEquals(keyed, PublicIds.connection(PublicIds.connection(holder, key)));
      PublicIds.Timed timed = new PublicIds.Timed(holder, id);
      assertEquals(timed, PublicIds.entry(PublicIds.entry(holder, id)));
      assertEquals(timed, PublicIds.evidence(PublicIds.evidence(holder, id)));
      assertEquals(timed, PublicIds.leaf(PublicIds.leaf(holder, id)));
    }
  }

  @Test
  void whatIsNoIdOfTheKindIsNoneAndAnsweredAsUnknown() {
    String good = PublicIds.holder(42);
    for (String bad :
        List.of(
            "",
            "hld_",
            "hld",
            good + "0",
            good.toUpperCase(java.util.Locale.ROOT),
            "cli" + good,
            PublicIds.client(42),
            PublicIds.consent(42, 1),
            "hld_' or 1=1",
            "hld_\u0130",
            "42")) {
      assertNull(PublicIds.holder(bad), bad);
    }
    assertNull(PublicIds.holder((String) null));
    Problem problem = assertThrows(Problem.class, () -> PublicIds.orNotFound(null));
    assertEquals(Problem.Kind.NOT_FOUND, problem.kind());
  }
}
