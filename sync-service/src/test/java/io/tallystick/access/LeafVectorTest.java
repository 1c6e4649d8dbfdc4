package io.tallystick.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.access.proof.LeafHeader;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The known answer of the encoding: who changes a byte of it breaks every proof given out. */
class LeafVectorTest {
  private static final UUID ID = UUID.fromString("0190f7c2-a3b4-7c8d-9e0f-112233445566");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000001Z");
  private static final byte[] SEALED = new byte[48];

  static {
    Arrays.fill(SEALED, (byte) 0xaa);
  }

  private static byte[] header(Leaf leaf) {
    return LeafFormat.header(1, ID, AT, leaf, SEALED);
  }

  private static Leaf leaf() {
    return new Leaf(Leaf.Kind.PULL, 2, 3L, 4L, null, Map.of("stream", "trades", "new", "7"));
  }

  @Test
  void theVectorIsTheOneOfVersionOne() {
    byte[] header = header(leaf());
    byte[] content = LeafHeader.content(5, 6, header);
    String printed =
        """
        tenant 1, holder 2, consent 3, connection 4, no client, kind pull
        id     %s
        at     %s
        sealed 48 x aa, facts new=7, stream=trades
        body   %s
        sealed %s
        header %s
        before 5 leaves of the tenant, 6 of the holder
        leaf   %s
        """
            .formatted(
                ID,
                AT,
                hex(Digests.sha256(LeafFormat.body(leaf()))),
                hex(Digests.sha256(SEALED)),
                hex(Digests.sha256(header)),
                hex(MerkleTree.leafHash(content)));
    System.out.println(printed);
    assertEquals(PINNED, printed);
  }

  private static final String PINNED =
      """
      tenant 1, holder 2, consent 3, connection 4, no client, kind pull
      id     0190f7c2-a3b4-7c8d-9e0f-112233445566
      at     2026-01-01T00:00:00.000001Z
      sealed 48 x aa, facts new=7, stream=trades
      body   1bc17067adbab97d577400b86df58712d2f1fd470ee43010fffdddcc16538295
      sealed dd659f8a49133759d495ee5d15262cdc0050f9027e20c7bed3e0599e27adec4b
      header 8d7be44e3fdb256fc801c59ca4b197967127c36e6ace7de5b5df03613dca4f01
      before 5 leaves of the tenant, 6 of the holder
      leaf   4cdce724498170c05f5b6251be090efa49034b4585eec27cbec3074ae129862c
      """;

  @Test
  void aHeaderIsReadAsItWasWritten() {
    LeafHeader.Reading.Header read =
        assertInstanceOf(LeafHeader.Reading.Header.class, LeafHeader.read(header(leaf())));
    assertEquals(1, read.tenant());
    assertEquals(ID, read.id());
    assertEquals(AT, read.at());
    assertEquals("pull", read.kind());
    assertEquals(2, read.holder());
    assertEquals(3L, read.consent());
    assertEquals(4L, read.connection());
    assertEquals(null, read.client());
    assertEquals(hex(Digests.sha256(SEALED)), hex(read.bodyDigest()));
  }

  @Test
  @DisplayName("F87 fields that run together differ, because each has its length before it")
  void fieldsThatRunTogetherDiffer() {
    assertFalse(Arrays.equals(Frame.of("ab", "c"), Frame.of("a", "bc")));
    Leaf one = new Leaf(Leaf.Kind.PULL, 2, null, null, null, Map.of("ab", "c"));
    Leaf other = new Leaf(Leaf.Kind.PULL, 2, null, null, null, Map.of("a", "bc"));
    assertFalse(Arrays.equals(LeafFormat.body(one), LeafFormat.body(other)));
    Leaf consent = new Leaf(Leaf.Kind.PULL, 2, 3L, null, null, Map.of());
    Leaf connection = new Leaf(Leaf.Kind.PULL, 2, null, 3L, null, Map.of());
    assertFalse(Arrays.equals(header(consent), header(connection)));
  }

  @Test
  @DisplayName("F88 a header of a later version is called unknown, and garbage is called garbage")
  void headersOfOtherVersionsAreUnknown() {
    assertEquals(
        new LeafHeader.Reading.UnknownVersion("2"),
        LeafHeader.read(Frame.of("tallystick/access/header/2", "what it may hold")));
    byte[] header = header(leaf());
    for (byte[] garbage :
        new byte[][] {
          {}, {1, 2}, Frame.of("else"), Arrays.copyOf(header, header.length - 1), {127, 0, 0, 0}
        }) {
      assertInstanceOf(LeafHeader.Reading.Malformed.class, LeafHeader.read(garbage));
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
