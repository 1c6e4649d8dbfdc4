package io.tallystick.consent;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.HolderSeal.Field;
import io.tallystick.consent.Rows.ConsentRows;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Clients;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps consents: granted, shown, ended. Each step leaves a leaf in the same transaction. */
@ApplicationScoped
public class Consents {
  /** The longest a consent may last from when it was given. */
  static final Duration LONGEST = Duration.ofDays(366);

  private final ConsentRows rows;
  private final Holders holders;
  private final Clients clients;
  private final HolderSeal seal;
  private final AccessLog log;
  private final RandomGenerator random;
  private final Event<ConsentEnded> ended;

  Consents(
      ConsentRows rows,
      Holders holders,
      Clients clients,
      HolderSeal seal,
      AccessLog log,
      RandomGenerator random,
      Event<ConsentEnded> ended) {
    this.rows = rows;
    this.holders = holders;
    this.clients = clients;
    this.seal = seal;
    this.log = log;
    this.random = random;
    this.ended = ended;
  }

  /** What a holder allowed. */
  public record Terms(
      List<Long> recipients,
      List<String> purposes,
      List<Domain> domains,
      int lookBackDays,
      Instant expiresAt,
      String jurisdiction) {}

  /**
   * How it was given.
   *
   * @param by {@code holder} or {@code tenant_on_behalf}
   * @param at null when it is given with this act
   */
  public record Given(String by, String method, @Nullable String evidence, @Nullable Instant at) {}

  /** A consent as it stands. */
  public record Consent(
      long holder,
      long id,
      Terms terms,
      Given given,
      long recordedBy,
      ConsentState state,
      Instant stateAt,
      String stateBy,
      @Nullable String stateReason) {}

  /**
   * Records a consent; a problem when the holder or a recipient is unknown or the dates are off.
   */
  public Consent grant(TenantTx tx, Caller caller, long holder, Terms terms, Given given)
      throws SQLException {
    if (!holders.exists(tx, holder)) {
      throw Problem.notFound();
    }
    if (!clients.exist(tx, terms.recipients())) {
      throw Problem.invalid("recipients", "Each recipient must be the id of a client of yours.");
    }
    Instant now = tx.now();
    Instant givenAt = given.at() == null ? now : given.at();
    checkDates(now, givenAt, terms.expiresAt());
    ConsentEntity row = new ConsentEntity();
    row.tenant = tx.tenant();
    row.holder = holder;
    row.consent = random.nextLong(1, Long.MAX_VALUE);
    row.recipients = terms.recipients().toArray(Long[]::new);
    row.purposes = terms.purposes().toArray(String[]::new);
    row.domains = terms.domains().stream().map(Domain::code).toArray(String[]::new);
    row.lookBackDays = terms.lookBackDays();
    row.expiresAt = terms.expiresAt();
    row.jurisdiction = terms.jurisdiction();
    row.givenAt = givenAt;
    row.givenBy = given.by();
    row.givenMethod = given.method();
    row.givenEvidenceSealed = sealed(row, Field.EVIDENCE, given.evidence());
    row.recordedBy = caller.client();
    row.state = ConsentState.ACTIVE.code();
    row.stateAt = now;
    row.stateBy = PublicIds.client(caller.client());
    rows.persistAndFlush(row);
    log.append(tx, granted(row, caller));
    return shown(row, now);
  }

  /** Ends a consent for good, at once; an ended one stays as it is. Null when there is none. */
  public @Nullable Consent withdraw(
      TenantTx tx, Caller caller, PublicIds.Keyed id, @Nullable String reason) throws SQLException {
    ConsentEntity row = rows.findToChange(tx.tenant(), id.holder(), id.key());
    if (row == null) {
      return null;
    }
    Instant now = tx.now();
    if (row.state.equals(ConsentState.ACTIVE.code())) {
      row.state = ConsentState.WITHDRAWN.code();
      row.stateAt = now;
      row.stateBy = PublicIds.client(caller.client());
      row.stateReasonSealed = sealed(row, Field.REASON, reason);
      rows.flush();
      log.append(
          tx,
          new Leaf(
              Leaf.Kind.CONSENT_WITHDRAWN,
              row.holder,
              row.consent,
              null,
              caller.client(),
              Map.of("recorded_by_role", caller.role().code())));
      ended.fire(new ConsentEnded(tx, row.holder, row.consent));
    }
    return shown(row, now);
  }

  /** The consent; null when there is none, or none that the caller may know of. */
  public @Nullable Consent find(TenantTx tx, Caller caller, PublicIds.Keyed id)
      throws SQLException {
    ConsentEntity row = rows.find(tx.tenant(), id.holder(), id.key());
    boolean visible =
        row != null
            && (Sight.of(caller.role()) == Sight.WHOLE_TENANT
                || Arrays.asList(row.recipients).contains(caller.client()));
    return row == null || !visible ? null : shown(row, tx.now());
  }

  /** Consents behind a position, in order of holder and id; of one holder, or of all with null. */
  public List<Consent> after(
      TenantTx tx, Caller caller, @Nullable Long holder, PublicIds.Keyed position, int limit)
      throws SQLException {
    Instant now = tx.now();
    Long recipient = Sight.of(caller.role()) == Sight.WHOLE_TENANT ? null : caller.client();
    return rows.after(tx.tenant(), holder, recipient, position, limit).stream()
        .map(row -> shown(row, now))
        .toList();
  }

  private static void checkDates(Instant now, Instant givenAt, Instant expiresAt) {
    if (givenAt.isAfter(now)) {
      throw Problem.invalid("given.at", "A consent cannot have been given in the future.");
    }
    if (!expiresAt.isAfter(now)) {
      throw Problem.invalid("expires_at", "A consent must end in the future.");
    }
    if (expiresAt.isAfter(givenAt.plus(LONGEST))) {
      throw Problem.invalid(
          "expires_at", "A consent may last 366 days from when it was given; then ask again.");
    }
  }

  private static Leaf granted(ConsentEntity row, Caller caller) {
    String recipients =
        Arrays.stream(row.recipients).map(PublicIds::client).collect(Collectors.joining(" "));
    return new Leaf(
        Leaf.Kind.CONSENT_GRANTED,
        row.holder,
        row.consent,
        null,
        caller.client(),
        Map.of(
            "recipients", recipients,
            "purposes", String.join(" ", row.purposes),
            "domains", String.join(" ", row.domains),
            "look_back_days", Integer.toString(row.lookBackDays),
            "expires_at", row.expiresAt.toString(),
            "jurisdiction", row.jurisdiction,
            "given_by", row.givenBy,
            "given_method", row.givenMethod,
            "given_at", row.givenAt.toString()));
  }

  private byte @Nullable [] sealed(ConsentEntity row, Field field, @Nullable String text) {
    return text == null
        ? null
        : seal.seal(
            row.tenant, row.holder, row.consent, field, text.getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable String opened(ConsentEntity row, Field field, byte @Nullable [] sealed) {
    return sealed == null
        ? null
        : new String(
            seal.open(row.tenant, row.holder, row.consent, field, sealed), StandardCharsets.UTF_8);
  }

  private Consent shown(ConsentEntity row, Instant now) {
    return new Consent(
        row.holder,
        row.consent,
        new Terms(
            List.of(row.recipients),
            List.of(row.purposes),
            Arrays.stream(row.domains).flatMap(code -> Domain.of(code).stream()).toList(),
            row.lookBackDays,
            row.expiresAt,
            row.jurisdiction),
        new Given(
            row.givenBy,
            row.givenMethod,
            opened(row, Field.EVIDENCE, row.givenEvidenceSealed),
            row.givenAt),
        row.recordedBy,
        ConsentState.of(row.state, row.expiresAt, now),
        row.stateAt,
        row.stateBy,
        opened(row, Field.REASON, row.stateReasonSealed));
  }
}
