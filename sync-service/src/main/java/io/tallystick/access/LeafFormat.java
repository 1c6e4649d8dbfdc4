package io.tallystick.access;

import io.tallystick.access.proof.LeafHeader;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Version 1 of the canonical encoding. Header: domain tag, tenant, leaf id, instant in
 * microseconds, kind, holder, consent, connection, client, SHA-256 of the sealed body. Body: domain
 * tag, then name and value of each fact in order of name. Fields are framed by {@link Frame}. What
 * the tree hashes is told by {@link LeafHeader#content}.
 */
final class LeafFormat {
  static final int VERSION = 1;
  private static final String BODY = "tallystick/access/body/1";

  private LeafFormat() {}

  static byte[] header(long tenant, UUID id, Instant at, Leaf leaf, byte[] sealedBody) {
    return Frame.of(
        LeafHeader.TAG,
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
