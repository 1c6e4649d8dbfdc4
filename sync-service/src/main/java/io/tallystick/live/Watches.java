package io.tallystick.live;

import io.tallystick.access.AccessLog;
import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.egress.Lines;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.egress.Trace;
import io.tallystick.sync.News;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to which connection: found, taken, held and given back, with its leaves in the log.
 */
@ApplicationScoped
class Watches {
  private final Transactions transactions;
  private final Connections connections;
  private final News news;
  private final Lines lines;
  private final AccessLog log;
  private final String node;

  Watches(
      Transactions transactions,
      Connections connections,
      News news,
      Lines lines,
      AccessLog log,
      RandomGenerator random) {
    this.transactions = transactions;
    this.connections = connections;
    this.news = news;
    this.lines = lines;
    this.log = log;
    this.node = Long.toHexString(random.nextLong());
  }

  /** Whether listening goes on. */
  sealed interface Standing {
    /** It does, with these keys, the newest first; they may be others than at the beginning. */
    record Good(List<Target> keys) implements Standing {}

    /** It does not: consent, key, state, or somebody else listens. */
    record Over(String why) implements Standing {}
  }

  /** The tenants who have a connection to which nobody listens, be it that nobody may. */
  Set<Long> lonely() {
    Set<News.Planned> held = Set.copyOf(transactions.asSequencer(WatchStore::held));
    return news.planned().stream()
        .filter(connection -> !held.contains(connection))
        .map(News.Planned::tenant)
        .collect(Collectors.toSet());
  }

  /** The tenant's connections that may be listened to and to which nobody listens. */
  List<Link> alone(long tenant) {
    return transactions.as(tenant, this::alone);
  }

  private List<Link> alone(TenantTx tx) throws SQLException {
    List<Link> links = new ArrayList<>();
    for (WatchStore.Alone one : WatchStore.alone(tx)) {
      Link link = connections.find(tx, one.holder(), one.connection());
      if (link != null
          && lines.speaks(link.venue(), link.environment())
          && !news.consentGone(tx, link)) {
        links.add(link);
      }
    }
    return links;
  }

  /** Takes the right to listen; null when another process has it. */
  @Nullable Watch take(Link link) {
    Long token = transactions.find(link.tenant(), tx -> WatchStore.take(tx, link, node));
    return token == null ? null : new Watch(link, token);
  }

  /**
   * Looks at consent, state and key.
   *
   * @param prolong whether the right is prolonged too, which is a write
   */
  Standing standing(Watch watch, boolean prolong) {
    return transactions.as(watch.link().tenant(), tx -> standing(tx, watch, prolong));
  }

  private Standing standing(TenantTx tx, Watch watch, boolean prolong) throws SQLException {
    if (!(prolong ? WatchStore.hold(tx, watch) : WatchStore.still(tx, watch))) {
      return new Standing.Over("overtaken");
    }
    if (news.consentGone(tx, watch.link())) {
      return new Standing.Over("consent");
    }
    Link now = connections.find(tx, watch.link().holder(), watch.link().id());
    if (now == null || !now.state().mayPull() || now.consent() != watch.link().consent()) {
      return new Standing.Over("state");
    }
    List<Target> keys =
        connections.credentials(tx, now).stream()
            .map(credential -> Target.of(credential, Priority.LIVE))
            .toList();
    return keys.isEmpty() ? new Standing.Over("key") : new Standing.Good(keys);
  }

  /** Says in the access log that listening began. */
  void opened(Watch watch, Trace trace) {
    Link link = watch.link();
    transactions.as(link.tenant(), tx -> log.append(tx, NewsLeaf.opened(link, trace)));
  }

  /**
   * Gives the right back.
   *
   * @param why what the access log says of the end; null when listening never began
   */
  void release(Watch watch, @Nullable String why) {
    Link link = watch.link();
    transactions.as(
        link.tenant(),
        tx -> {
          if (why != null) {
            log.append(tx, NewsLeaf.ended(link, why));
          }
          return WatchStore.release(tx, watch);
        });
  }
}
