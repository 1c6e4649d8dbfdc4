package io.tallystick.sync;

import io.tallystick.access.Leaf;
import io.tallystick.connection.Link;
import io.tallystick.egress.Trace;
import io.tallystick.venue.Stream;
import java.util.HashMap;
import java.util.Map;

/** What the access log says of a pull: who, under which consent, what, how it went; no secrets. */
final class PullLeaf {
  private PullLeaf() {}

  static Leaf stored(
      Link link, PageCommit.Input input, Map<String, String> counts, String digest) {
    Map<String, String> facts = facts(input.stream(), input.partition(), input.trace());
    facts.putAll(counts);
    facts.put("page_digest", digest);
    facts.put("outcome", "0".equals(counts.get("new")) ? "nothing-new" : "stored");
    return leaf(link, Leaf.Kind.PULL, facts);
  }

  static Leaf discarded(Link link, Stream stream, Trace trace) {
    Map<String, String> facts = facts(stream, "", trace);
    facts.put("outcome", "discarded-consent");
    return leaf(link, Leaf.Kind.PULL, facts);
  }

  static Leaf other(Link link, Stream stream, String partition, Trace trace, String outcome) {
    Map<String, String> facts = facts(stream, partition, trace);
    facts.put("outcome", outcome);
    return leaf(link, Leaf.Kind.PULL, facts);
  }

  static Leaf refused(Link link, Stream stream, String why) {
    Map<String, String> facts = new HashMap<>();
    facts.put("stream", stream.name());
    facts.put("domain", stream.domain().code());
    facts.put("outcome", "refused-permit");
    facts.put("reason", why);
    return leaf(link, Leaf.Kind.PULL_REFUSED, facts);
  }

  private static Leaf leaf(Link link, Leaf.Kind kind, Map<String, String> facts) {
    facts.put("venue", link.venue());
    facts.put("environment", link.environment());
    return new Leaf(kind, link.holder(), link.consent(), link.id(), null, facts);
  }

  private static Map<String, String> facts(Stream stream, String partition, Trace trace) {
    Map<String, String> facts = new HashMap<>(trace.facts());
    facts.put("stream", stream.name());
    facts.put("domain", stream.domain().code());
    if (!partition.isEmpty()) {
      facts.put("partition", partition);
    }
    return facts;
  }
}
