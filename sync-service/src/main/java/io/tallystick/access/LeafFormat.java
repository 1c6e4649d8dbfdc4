package io.tallystick.access;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the canonical encoding. Header: domain tag, tenant, leaf id, instant in
 * microseconds, kind, holder, consent, connection, client, SHA-256 of the sealed body. Body: domain
 * tag, then name and value of each fact in order of name. What the tree hashes: domain tag, how
 * many leaves of the tenant and how many of the holder came before, header; so that one who sees
 * only his own leaves notices when one is missing. Fields are framed by {@link Frame}; numbers take
 * 8 bytes, a missing field has the length −1.
 */
final class LeafFormat {
  static final int VERSION = 1;
  private static final String TREE = "tallystick/access/leaf/1";
  private static final String HEADER = "tallystick/access/header/1";
  private static final String ANY_HEADER = "tallystick/access/header/";
  private static final int HEADER_FIELDS = 10;
  private static final String BODY = "tallystick/access/body/1";

  private LeafFormat() {}

  static byte[] header(long tenant, UUID id, Instant at, Leaf leaf, byte[] sealedBody) {
    return Frame.of(
        HEADER,
        tenant,
        id,
        at,
        leaf.kind().code(),
        leaf.holder(),
        leaf.consent(),
        leaf.connection(),
        leaf.client(),
        Digests.sha256(sealedBody));
  }

  /** What the tree's leaf hash is made of; both numbers begin at zero. */
  static byte[] content(long tenantNumber, long holderNumber, byte[] header) {
    return Frame.of(TREE, tenantNumber, holderNumber, header);
  }

  /** What a header says. */
  sealed interface Reading {
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
  static Reading read(byte[] header) {
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
    if (!tag.equals(HEADER)) {
      return tag.startsWith(ANY_HEADER)
          ? new Reading.UnknownVersion(tag.substring(ANY_HEADER.length()))
          : new Reading.Malformed();
    }
    return fields.size() == HEADER_FIELDS ? header(fields) : new Reading.Malformed();
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

  static byte[] body(Leaf leaf) {
    Object[] fields = new Object[1 + 2 * leaf.facts().size()];
    fields[0] = BODY;
    int at = 1;
    for (Map.Entry<String, String> fact : leaf.facts().entrySet()) {
      fields[at++] = fact.getKey();
      fields[at++] = fact.getValue();
    }
    return Frame.of(fields);
  }

  static Map<String, String> facts(byte[] body) {
    List<String> fields = Frame.texts(body);
    if (!fields.getFirst().equals(BODY)) {
      throw new IllegalArgumentException("an access log body of another version");
    }
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 1; i + 1 < fields.size(); i += 2) {
      facts.put(fields.get(i), fields.get(i + 1));
    }
    return facts;
  }
}
