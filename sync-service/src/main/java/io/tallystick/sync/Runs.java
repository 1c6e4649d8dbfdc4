package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Keeps what is known of sync runs: state, phase, progress. */
@ApplicationScoped
class Runs {
  /** After this long without a word a run is taken for dead. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final String DIED = "the process ended";

  private static final String COLUMNS =
      """
      select run_id, holder_id, connection_id, trigger, state, phase, detail, started_at,
        updated_at, finished_at, steps_total, steps_done, pages, records, new_records, weight, domains
      from sync_run where tenant_id = ? and holder_id = ? and connection_id = ?
      """;

  private final Transactions transactions;
  private final Pace pace;
  private final RandomGenerator random;
  private final SyncSettings settings;

  Runs(Transactions transactions, Pace pace, RandomGenerator random, SyncSettings settings) {
    this.transactions = transactions;
    this.pace = pace;
    this.random = random;
    this.settings = settings;
  }

  /** A run as it is shown. */
  record Shown(
      UUID id,
      long holder,
      long connection,
      String trigger,
      String state,
      @Nullable String phase,
      @Nullable String detail,
      Instant startedAt,
      Instant updatedAt,
      @Nullable Instant finishedAt,
      int stepsTotal,
      int stepsDone,
      int pages,
      int records,
      int newRecords,
      int weight,
      Map<Domain, Progress.Count> byDomain) {}

  /** The run that is under way, or null. A run silent for two minutes is not under way. */
  @Nullable Shown current(TenantTx tx, long holder, long connection) throws SQLException {
    return tx.sql(
            COLUMNS
                + """
                  and state in ('running', 'waiting') and updated_at > ?
                order by started_at desc limit 1
                """)
        .bind(tx.tenant(), holder, connection, pace.instant().minus(SILENCE))
        .first(this::shown);
  }

  /** The newest runs first. */
  List<Shown> list(TenantTx tx, long holder, long connection, int limit) throws SQLException {
    return tx.sql(COLUMNS + " order by started_at desc, run_id limit ?")
        .bind(tx.tenant(), holder, connection, limit)
        .list(this::shown);
  }

  /** One run; null when there is none. */
  @Nullable Shown find(TenantTx tx, long holder, long connection, UUID run) throws SQLException {
    return tx.sql(COLUMNS + " and run_id = ?")
        .bind(tx.tenant(), holder, connection, run)
        .first(this::shown);
  }

  /** Whether a run of the connection ever came to its end. */
  boolean anyFinished(Link link) {
    return transactions.as(
        link.tenant(),
        tx ->
            tx.sql(COLUMNS + " and state = 'finished' limit 1")
                    .bind(tx.tenant(), link.holder(), link.id())
                    .first(this::shown)
                != null);
  }

  /** Begins a run, closes those of the connection that died without a word, removes old ones. */
  UUID begin(Link link, String trigger) {
    Instant now = pace.instant();
    UUID id =
        Ids.timed(now, Digests.sha256(Frame.of(link.id(), random.nextLong(), random.nextLong())));
    transactions.as(
        link.tenant(),
        tx -> {
          tx.sql(
                  """
                  update sync_run set state = 'stopped', detail = ?, finished_at = updated_at
                  where tenant_id = ? and holder_id = ? and connection_id = ?
                    and state in ('running', 'waiting')
                  """)
              .bind(DIED, tx.tenant(), link.holder(), link.id())
              .update();
          forget(tx, link, now.minus(settings.keepRuns()));
          return tx.sql(
                  """
                  insert into sync_run (tenant_id, holder_id, run_id, connection_id, trigger, state,
                    started_at, updated_at)
                  values (?, ?, ?, ?, ?, 'running', ?, ?) on conflict do nothing
                  """)
              .bind(tx.tenant(), link.holder(), id, link.id(), trigger, now, now)
              .update();
        });
    return id;
  }

  // The newest that came to its end tells until when everything was read.
  private static void forget(TenantTx tx, Link link, Instant before) throws SQLException {
    tx.sql(
            """
            delete from sync_run r
            where tenant_id = ? and holder_id = ? and connection_id = ? and started_at < ?
              and started_at < coalesce((select max(n.started_at) from sync_run n
                where n.tenant_id = r.tenant_id and n.holder_id = r.holder_id
                  and n.connection_id = r.connection_id and n.state = 'finished'), 'infinity')
            """)
        .bind(tx.tenant(), link.holder(), link.id(), before)
        .update();
  }

  /** What time it is for whoever runs. */
  Instant now() {
    return pace.instant();
  }

  /** Writes the run's progress. */
  void note(Link link, UUID run, Progress progress) {
    Instant now = pace.instant();
    transactions.as(
        link.tenant(),
        tx ->
            tx.sql(
                    """
                    update sync_run set state = ?, phase = ?, detail = ?, updated_at = ?,
                      finished_at = ?, steps_total = ?, steps_done = ?, pages = ?, records = ?,
                      new_records = ?, weight = ?, domains = ?
                    where tenant_id = ? and holder_id = ? and run_id = ?
                    """)
                .bind(progress.state, progress.phase, progress.detail, now)
                .bind(progress.ended() ? now : null)
                .bind(progress.stepsTotal, progress.stepsDone, progress.pages, progress.records)
                .bind(progress.newRecords, progress.weight, progress.byDomain())
                .bind(tx.tenant(), link.holder(), run)
                .update());
  }

  // Whoever would close it may never come: a connection that is read no more begins no other run.
  private Shown shown(ResultSet row) throws SQLException {
    String state = row.getString("state");
    Instant updated = Objects.requireNonNull(Sql.instant(row, "updated_at"));
    boolean underWay = state.equals("running") || state.equals("waiting");
    boolean dead = underWay && !updated.isAfter(pace.instant().minus(SILENCE));
    return new Shown(
        row.getObject("run_id", UUID.class),
        row.getLong("holder_id"),
        row.getLong("connection_id"),
        row.getString("trigger"),
        dead ? "stopped" : state,
        row.getString("phase"),
        dead ? DIED : row.getString("detail"),
        Objects.requireNonNull(Sql.instant(row, "started_at")),
        updated,
        dead ? updated : Sql.instant(row, "finished_at"),
        row.getInt("steps_total"),
        row.getInt("steps_done"),
        row.getInt("pages"),
        row.getInt("records"),
        row.getInt("new_records"),
        row.getInt("weight"),
        Progress.byDomain(row.getString("domains")));
  }
}
