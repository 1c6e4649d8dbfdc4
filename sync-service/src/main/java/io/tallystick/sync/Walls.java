package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Pace;
import io.tallystick.sync.search.Rounds;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a firewall in front of a venue refuses for what it says, as the name of a market may: once
 * is a stop for everybody, since it may be the address that is refused. By the next time the
 * venue's clock was read, so others are answered, and it is the request. That is left then, and
 * asked for again now and then at nobody's cost.
 */
@ApplicationScoped
class Walls {
  private final Transactions transactions;
  private final Pace pace;

  /** By place, stream and market: what is refused to one connection is refused to all. */
  private final Map<String, Instant> refused = new ConcurrentHashMap<>();

  Walls(Transactions transactions, Pace pace) {
    this.transactions = transactions;
    this.pace = pace;
  }

  /** Whether a firewall's no to this would be laid to what is asked for. */
  boolean suspects(RunContext run, Source source) {
    return of(run).contains(name(source))
        || pace.isAhead(refused.get(place(run, source)), Rounds.STREAMS);
  }

  /** It was refused for the first time. */
  void met(RunContext run, Source source) {
    of(run).add(name(source));
  }

  /** It was answered. */
  void passed(RunContext run, Source source) {
    of(run).remove(name(source));
    refused.remove(place(run, source));
  }

  /** It was refused once more, while others were answered. */
  void left(RunContext run, Source source) {
    if (!source.partition().isEmpty()) {
      refused.put(place(run, source), pace.instant().plus(Rounds.STREAMS));
    }
  }

  private Set<String> of(RunContext run) {
    Link link = run.lease().link();
    return run.walls(() -> transactions.as(link.tenant(), tx -> RefusedRows.walled(tx, link)));
  }

  private static String place(RunContext run, Source source) {
    Link link = run.lease().link();
    return link.venue() + "/" + link.environment() + "/" + name(source);
  }

  private static String name(Source source) {
    return RefusedRows.name(source.stream().name(), source.partition());
  }
}
