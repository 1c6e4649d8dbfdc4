package io.tallystick.consent;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.Rows.ConsentRows;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Clients;
import io.tallystick.tenancy.LawfulBasis;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps consents: granted and shown. Each step leaves a leaf and a receipt in its transaction. */
@ApplicationScoped
public class Consents {
  /** How long a holder has to answer. */
  public static final Duration TO_ANSWER = Duration.ofMinutes(15);

  private final ConsentRows rows;
  private final Holders holders;
  private final Clients clients;
  private final ConsentForm form;
  private final Receipts receipts;
  private final AccessLog log;
  private final Event<ConsentGranted> granted;

  Consents(
      ConsentRows rows,
      Holders holders,
      Clients clients,
      ConsentForm form,
      Receipts receipts,
      AccessLog log,
      Event<ConsentGranted> granted) {
    this.rows = rows;
    this.holders = holders;
    this.clients = clients;
    this.form = form;
    this.receipts = receipts;
    this.log = log;
    this.granted = granted;
  }

  /** What a holder allowed. */
  public record Terms(
      List<Long> recipients,
      List<String> purposes,
      List<Domain> domains,
      int lookBackDays,
      Instant expiresAt,
      DurationKind duration,
      String jurisdiction) {
    public Terms {
      // As it is told: what was read here and sent back is the same instant, not an earlier one.
      expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether every client and purpose that the others name is named here too. */
    boolean servesAll(Terms others) {
      return recipients.containsAll(others.recipients) && purposes.containsAll(others.purposes);
    }

    /** Whether these allow nothing that the others do not, if both were given at one time. */
    boolean within(Terms wider) {
      return new HashSet<>(wider.recipients).containsAll(recipients)
          && new HashSet<>(wider.purposes).containsAll(purposes)
          && new HashSet<>(wider.domains).containsAll(domains)
          && lookBackDays <= wider.lookBackDays
          && !expiresAt.isAfter(wider.expiresAt)
          && duration.within(wider.duration)
          && jurisdiction.equals(wider.jurisdiction);
    }
  }

  /**
   * A consent as it stands.
   *
   * @param arrangement the first version's id: what stays when a consent is amended
   * @param replaces the version before this one; null for the first
   * @param basis on what whoever answers for the data rested it when this version was made
   * @param stated what was said of the processing then; null of versions from before that was kept
   * @param deletion what the holder chose for the time after it, {@code keep} or {@code delete};
   *     null while he did not choose
   * @param usedAt when the one reading that it was for was done; null before, and for others
   * @param answerBy until when the holder could answer; null for one that he was not asked for
   * @param confirmBy until when it has to be confirmed again; null where nobody asks for that
   * @param remindAt when its holder is reminded next, while it is active; null when never again
   */
  public record Consent(
      long holder,
      long id,
      long arrangement,
      int version,
      @Nullable Long replaces,
      Terms terms,
      Given given,
      LawfulBasis basis,
      @Nullable Stated stated,
      long recordedBy,
      ConsentState state,
      Instant stateAt,
      String stateBy,
      @Nullable String stateReason,
      @Nullable String deletion,
      @Nullable Instant usedAt,
      @Nullable Instant answerBy,
      @Nullable Instant confirmBy,
      @Nullable Instant remindAt) {

    /** Whether it was ever given: one that was asked for may be refused, or never answered. */
    boolean wasGiven() {
      // Asking writes down both; giving moves the one.
      return answerBy == null || !givenAt().plus(TO_ANSWER).equals(answerBy);
    }

    /** When it was given, or asked for while it was not. */
    Instant givenAt() {
      return Objects.requireNonNull(given.at());
    }

    /** When its holder is told next that it is in force; null when it is not, or never again. */
    @Nullable Instant nextNotice() {
      return state == ConsentState.ACTIVE ? remindAt : null;
    }
  }

  /**
   * Records a consent; a problem when the holder or a recipient is unknown or the dates are off.
   */
  public Consent grant(TenantTx tx, Caller caller, long holder, Terms terms, Given given)
      throws SQLException {
    return record(tx, caller, holder, terms, given, null);
  }

  /**
   * Asks a holder for a consent, which he himself gives or refuses within a quarter of an hour.
   *
   * @param notice what he is shown
   */
  public Consent ask(TenantTx tx, Caller caller, long holder, Terms terms, @Nullable Notice notice)
      throws SQLException {
    Given given = new Given("holder", SelfResource.METHOD, null, null, notice, Act.BY_LINK);
    return record(tx, caller, holder, terms, given, TO_ANSWER);
  }

  private Consent record(
      TenantTx tx,
      Caller caller,
      long holder,
      Terms terms,
      Given given,
      @Nullable Duration toAnswer)
      throws SQLException {
    if (!holders.exists(tx, holder)) {
      throw Problem.notFound();
    }
    Instant now = tx.now();
    check(tx, now, terms, given);
    if (toAnswer != null && !terms.expiresAt().isAfter(now.plus(toAnswer))) {
      throw Problem.invalid(
              "expires_at", "Ask for a consent that ends after the time that he has to answer.")
          .with("answer_within_minutes", toAnswer.toMinutes());
    }
    ConsentEntity row = form.row(tx, holder, caller.client(), terms, given, now);
    if (toAnswer != null) {
      row.state = ConsentState.REQUESTED.code();
      row.answerBy = now.plus(toAnswer);
    }
    granted.fire(new ConsentGranted(tx, holder, toAnswer != null));
    NoticeStore.keep(tx, given.notice());
    rows.persistAndFlush(row);
    boolean asked = toAnswer != null;
    log.append(
        tx,
        asked
            ? question(row, Actor.of(caller))
            : leaf(Leaf.Kind.CONSENT_GRANTED, row, Actor.of(caller)));
    receipt(tx, asked ? "request" : "grant", row, now);
    return form.shown(row, now);
  }

  /** Makes ready for a holder who gives what he was asked for. */
  void welcome(TenantTx tx, long holder) {
    granted.fire(new ConsentGranted(tx, holder, false));
  }

  /** The consent; null when there is none, or none that the caller may know of. */
  public @Nullable Consent find(TenantTx tx, Caller caller, PublicIds.Keyed id)
      throws SQLException {
    ConsentEntity row = rows.find(tx.tenant(), id.holder(), id.key());
    boolean visible =
        row != null
            && (Sight.of(caller.role()) == Sight.WHOLE_TENANT
                || Arrays.asList(row.recipients).contains(caller.client()));
    return row == null || !visible ? null : form.shown(row, tx.now());
  }

  /** Consents behind a position, in order of holder and id; of one holder, or of all with null. */
  public List<Consent> after(
      TenantTx tx, Caller caller, @Nullable Long holder, PublicIds.Keyed position, int limit)
      throws SQLException {
    Instant now = tx.now();
    Long recipient = Sight.of(caller.role()) == Sight.WHOLE_TENANT ? null : caller.client();
    return rows.after(tx.tenant(), holder, recipient, position, limit).stream()
        .map(row -> form.shown(row, now))
        .toList();
  }

  /** All consents of a holder, for himself. */
  List<Consent> of(TenantTx tx, long holder) throws SQLException {
    Instant now = tx.now();
    return rows.of(tx.tenant(), holder).stream().map(row -> form.shown(row, now)).toList();
  }

  /** All versions of an arrangement, in order. */
  List<Consent> versions(TenantTx tx, long holder, long arrangement) throws SQLException {
    Instant now = tx.now();
    return rows.ofArrangement(tx.tenant(), holder, arrangement).stream()
        .map(row -> form.shown(row, now))
        .toList();
  }

  /** Issues the receipt of a step after which the consent stands as the row says. */
  void receipt(TenantTx tx, String step, ConsentEntity row, Instant now) throws SQLException {
    receipts.issue(
        tx,
        step,
        form.shown(row, now),
        holders.reference(tx, row.holder),
        versions(tx, row.holder, row.arrangement));
  }

  /** A problem when a recipient is unknown or the dates are off. */
  void check(TenantTx tx, Instant now, Terms terms, Given given) {
    if (!clients.exist(tx, terms.recipients())) {
      throw Problem.invalid("recipients", "Each recipient must be the id of a client of yours.");
    }
    Instant givenAt = given.at() == null ? now : given.at();
    if (givenAt.isAfter(now)) {
      throw Problem.invalid("given.at", "A consent cannot have been given in the future.");
    }
    if (!terms.expiresAt().isAfter(now)) {
      throw Problem.invalid("expires_at", "A consent must end in the future.");
    }
    terms.duration().check(givenAt, terms.expiresAt());
  }

  /** The leaf that says what a holder is asked for: nothing was given yet. */
  private static Leaf question(ConsentEntity row, Actor actor) {
    Leaf whole = leaf(Leaf.Kind.CONSENT_REQUESTED, row, actor);
    Map<String, String> facts = new LinkedHashMap<>(whole.facts());
    facts.keySet().removeIf(fact -> fact.startsWith("given_"));
    facts.put("answer_by", String.valueOf(row.answerBy));
    return new Leaf(whole.kind(), whole.holder(), whole.consent(), null, whole.client(), facts);
  }

  /** The leaf that says what a version allows. */
  static Leaf leaf(Leaf.Kind kind, ConsentEntity row, Actor actor) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "recipients",
        Arrays.stream(row.recipients).map(PublicIds::client).collect(Collectors.joining(" ")));
    facts.put("purposes", String.join(" ", row.purposes));
    facts.put("domains", String.join(" ", row.domains));
    facts.put("look_back_days", Integer.toString(row.lookBackDays));
    facts.put("expires_at", row.expiresAt.toString());
    facts.put("duration", row.duration);
    facts.put("jurisdiction", row.jurisdiction);
    facts.put("lawful_basis", row.lawfulBasis);
    facts.put("given_by", row.givenBy);
    facts.put("given_method", row.givenMethod);
    facts.putAll(Act.facts(row));
    facts.put("given_at", row.givenAt.toString());
    facts.put("version", Integer.toString(row.version));
    facts.put("recorded_by_role", actor.role());
    Long replaces = row.replaces;
    if (replaces != null) {
      facts.put("replaces", PublicIds.consent(row.holder, replaces));
    }
    return new Leaf(kind, row.holder, row.consent, null, actor.client(), facts);
  }
}
