package io.tallystick.access.proof;

import io.tallystick.kernel.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The header of a leaf as whoever checks a log reads it: bytes that may come from anywhere. */
public final class LeafHeader {
  /** The domain tag of version 1. */
  public static final String TAG = "tallystick/access/header/1";

  private static final String ANY_TAG = "tallystick/access/header/";
  private static final String TREE = "tallystick/access/leaf/1";
  private static final int FIELDS = 10;

  private LeafHeader() {}

  /**
   * What the tree hashes: domain tag, how many leaves of the tenant and how many of the holder came
   * before, header; so that one who sees only his own leaves notices when one is missing. Numbers
   * take 8 bytes, a missing field has the length −1.
   */
  public static byte[] content(long tenantNumber, long holderNumber, byte[] header) {
    return Frame.of(TREE, tenantNumber, holderNumber, header);
  }

  /** What a header says. */
  public sealed interface Reading {
    /** A header of version 1. */
    record Header(
        long tenant,
        UUID id,
        Instant at,
        String kind,
        long holder,
        @Nullable Long consent,
        @Nullable Long connection,
        @Nullable Long client,
        byte[] bodyDigest)
        implements Reading {}

    /** A header of a version that is not known here. */
    record UnknownVersion(String version) implements Reading {}

    /** No header at all. */
    record Malformed() implements Reading {}
  }

  /** Reads a header that may come from anywhere. */
  public static Reading read(byte[] header) {
    List<Optional<byte[]>> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(header);
    while (in.remaining() >= Integer.BYTES) {
      int length = in.getInt();
      if (length > in.remaining() || length < -1) {
        return new Reading.Malformed();
      }
      byte[] field = new byte[Math.max(0, length)];
      in.get(field);
      fields.add(length < 0 ? Optional.empty() : Optional.of(field));
    }
    if (in.hasRemaining() || fields.isEmpty()) {
      return new Reading.Malformed();
    }
    String tag = text(fields.getFirst());
    if (!tag.equals(TAG)) {
      return tag.startsWith(ANY_TAG)
          ? new Reading.UnknownVersion(tag.substring(ANY_TAG.length()))
          : new Reading.Malformed();
    }
    return fields.size() == FIELDS ? header(fields) : new Reading.Malformed();
  }

  private static Reading header(List<Optional<byte[]>> fields) {
    Long tenant = number(fields.get(1));
    ByteBuffer id = ByteBuffer.wrap(fields.get(2).orElse(new byte[0]));
    Long micros = number(fields.get(3));
    Long holder = number(fields.get(5));
    Optional<byte[]> digest = fields.get(9);
    if (tenant == null
        || id.remaining() != 2 * Long.BYTES
        || micros == null
        || holder == null
        || digest.isEmpty()) {
      return new Reading.Malformed();
    }
    return new Reading.Header(
        tenant,
        new UUID(id.getLong(), id.getLong()),
        Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
        text(fields.get(4)),
        holder,
        number(fields.get(6)),
        number(fields.get(7)),
        number(fields.get(8)),
        digest.get());
  }

  private static String text(Optional<byte[]> field) {
    return new String(field.orElse(new byte[0]), StandardCharsets.UTF_8);
  }

  private static @Nullable Long number(Optional<byte[]> field) {
    return field.isPresent() && field.get().length == Long.BYTES
        ? ByteBuffer.wrap(field.get()).getLong()
        : null;
  }
}
