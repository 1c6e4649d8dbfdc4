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

  static Leaf stored(Link link, PageCommit.Input input, Map<String, String> counts, String digest) {
    Map<String, String> facts = facts(input.source(), input.trace());
    facts.putAll(counts);
    facts.put("page_digest", digest);
    facts.put("outcome", "0".equals(counts.get("new")) ? "nothing-new" : "stored");
    return leaf(link, Leaf.Kind.PULL, facts);
  }

  static Leaf discarded(Link link, Source source, Trace trace) {
    Map<String, String> facts = facts(source, trace);
    facts.put("outcome", "discarded-consent");
    return leaf(link, Leaf.Kind.PULL, facts);
  }

  /** Of an answer that could not be read, of which so many records were kept to be looked at. */
  static Leaf kept(Link link, Source source, Trace trace, int fresh) {
    Map<String, String> facts = facts(source, trace);
    facts.put("outcome", "unreadable");
    facts.put("new", Integer.toString(fresh));
    return leaf(link, Leaf.Kind.PULL, facts);
  }

  static Leaf other(Link link, Source source, Trace trace, String outcome) {
    Map<String, String> facts = facts(source, trace);
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

  private static Map<String, String> facts(Source source, Trace trace) {
    Map<String, String> facts = new HashMap<>();
    facts.put("stream", source.stream().name());
    facts.put("domain", source.stream().domain().code());
    if (!source.partition().isEmpty()) {
      facts.put("partition", source.partition());
    }
    facts.put("endpoint", source.call().endpoint().toString());
    facts.put("status", Integer.toString(trace.status()));
    if (trace.code() != null) {
      facts.put("venue_code", trace.code().toString());
    }
    facts.put("weight", Integer.toString(trace.weight()));
    facts.put("attempts", Integer.toString(trace.attempts()));
    facts.put("clock_offset_ms", Long.toString(trace.offset().toMillis()));
    facts.put("duration_ms", Long.toString(trace.duration().toMillis()));
    facts.put("sent_at", trace.sentAt().toString());
    return facts;
  }
}
