package io.tallystick.live;

import io.tallystick.access.Leaf;
import io.tallystick.connection.Link;
import io.tallystick.egress.Trace;
import io.tallystick.venue.LiveStream;
import java.util.HashMap;
import java.util.Map;

/** What the access log says of listening: that it began and ended, and what was kept of it. */
final class NewsLeaf {
  private static final String STREAM = "user-data";

  private NewsLeaf() {}

  static Leaf opened(Link link, Trace trace) {
    Map<String, String> facts = new HashMap<>();
    facts.put("stream", STREAM);
    facts.put("outcome", "listening");
    facts.put("weight", Integer.toString(trace.weight()));
    facts.put("clock_offset_ms", Long.toString(trace.offset().toMillis()));
    facts.put("sent_at", trace.sentAt().toString());
    return leaf(link, facts);
  }

  static Leaf ended(Link link, String why) {
    Map<String, String> facts = new HashMap<>();
    facts.put("stream", STREAM);
    facts.put("outcome", "not-listening");
    facts.put("reason", why);
    return leaf(link, facts);
  }

  static Leaf stored(Link link, LiveStream stream, Map<String, String> counts, String digest) {
    Map<String, String> facts = facts(stream);
    facts.putAll(counts);
    facts.put("page_digest", digest);
    facts.put("outcome", "stored");
    return leaf(link, facts);
  }

  static Leaf discarded(Link link, LiveStream stream) {
    Map<String, String> facts = facts(stream);
    facts.put("outcome", "discarded-consent");
    return leaf(link, facts);
  }

  private static Map<String, String> facts(LiveStream stream) {
    Map<String, String> facts = new HashMap<>();
    facts.put("stream", stream.name());
    facts.put("domain", stream.domain().code());
    return facts;
  }

  private static Leaf leaf(Link link, Map<String, String> facts) {
    facts.put("venue", link.venue());
    facts.put("environment", link.environment());
    return new Leaf(Leaf.Kind.PULL, link.holder(), link.consent(), link.id(), null, facts);
  }
}
