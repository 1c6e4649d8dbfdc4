package io.tallystick.consent;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.Consents.Terms;
import io.tallystick.consent.HolderSeal.Field;
import io.tallystick.consent.Rows.ConsentRows;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes consents from state to state. What hangs on one follows in the same transaction. */
@ApplicationScoped
public class ConsentSteps {
  private static final String UNCONFIRMED =
      "It was not confirmed in time; the holder goes on with it by resuming it.";

  private final ConsentRows rows;
  private final Consents consents;
  private final ConsentForm form;
  private final LateWishes wishes;
  private final AccessLog log;
  private final Event<ConsentEnded> ended;
  private final Event<ConsentPaused> paused;
  private final Event<ConsentReplaced> replaced;

  ConsentSteps(
      ConsentRows rows,
      Consents consents,
      ConsentForm form,
      LateWishes wishes,
      AccessLog log,
      Event<ConsentEnded> ended,
      Event<ConsentPaused> paused,
      Event<ConsentReplaced> replaced) {
    this.rows = rows;
    this.consents = consents;
    this.form = form;
    this.wishes = wishes;
    this.log = log;
    this.ended = ended;
    this.paused = paused;
    this.replaced = replaced;
  }

  /**
   * What somebody says to a step that he takes.
   *
   * @param deletion {@code keep} or {@code delete}; null when nothing was chosen
   * @param act what is known of the act, by which he may give what he was asked for
   */
  public record Wish(Actor actor, @Nullable String reason, @Nullable String deletion, Act act) {
    /** A step by which nothing is given. */
    public Wish(Actor actor, @Nullable String reason, @Nullable String deletion) {
      this(actor, reason, deletion, Act.UNTOLD);
    }
  }

  /**
   * Takes a step; nothing changes when the consent is where it leads already, unless the step is to
   * say so once more, or to wish that what was read be deleted. A withdrawal ends what took its
   * place.
   *
   * @return null when there is no such consent
   * @throws Problem a conflict when the step does not lead away from the present state
   */
  public @Nullable Consent take(TenantTx tx, PublicIds.Keyed id, ConsentStep step, Wish wish)
      throws SQLException {
    ConsentEntity row = rows.findToStep(step, tx.tenant(), id.holder(), id.key());
    if (row == null) {
      return null;
    }
    Instant now = tx.now();
    ConsentState state = ConsentState.of(row.state, row.ends(), now);
    // Whoever withdraws what has ended already has what he wants.
    boolean there = state == step.target() || (step == ConsentStep.WITHDRAW && state.isFinal());
    if (there && step != ConsentStep.CONFIRM) {
      if (step == ConsentStep.WITHDRAW && LateWishes.DELETE.equals(wish.deletion())) {
        wishes.say(tx, row, state, wish.actor());
      }
      return form.shown(row, now);
    }
    if (!step.allowedFrom(state)) {
      throw conflict(state);
    }
    row.stateReasonSealed = form.sealed(row, Field.REASON, wish.reason());
    if (wish.deletion() != null) {
      row.wish(wish.deletion(), now);
    }
    if (step == ConsentStep.GRANT) {
      consents.welcome(tx, row.holder);
      row.givenAt = now;
      form.came(row, wish.act());
    }
    if (step.target() == ConsentState.ACTIVE) {
      row.confirmBy = Regime.of(row.jurisdiction).confirmBy(now);
      row.remindAt = Reminders.of(row).next(now, now);
    }
    Map<String, String> facts = new LinkedHashMap<>();
    if (step == ConsentStep.GRANT) {
      facts.putAll(Consents.leaf(step.leaf(), row, wish.actor()).facts());
    }
    facts.put("recorded_by_role", wish.actor().role());
    if (row.deletion != null) {
      facts.put("deletion", row.deletion);
    }
    move(tx, row, step, wish.actor(), facts);
    return form.shown(row, now);
  }

  /**
   * Ends all consents of a holder who is erased; he wants his data deleted.
   *
   * @param caller null when an earlier erasure is done again
   */
  public void endAll(TenantTx tx, long holder, @Nullable Caller caller) throws SQLException {
    Actor actor = caller == null ? null : Actor.of(caller);
    for (ConsentEntity found : rows.open(tx.tenant(), holder)) {
      ConsentEntity row = rows.findToChange(tx.tenant(), holder, found.consent);
      ConsentState state = row == null ? ConsentState.EXPIRED : ConsentState.stored(row.state);
      if (row != null && !state.isFinal()) {
        row.wish(LateWishes.DELETE, tx.now());
        boolean given = ConsentStep.WITHDRAW.allowedFrom(state);
        // To what he was only asked for he says no.
        ConsentStep step = given ? ConsentStep.WITHDRAW : ConsentStep.REFUSE;
        move(tx, row, step, actor, Map.of("reason", "erasure"));
      }
    }
  }

  /** Ends a consent whose time is over; false when somebody was faster, or its time is not over. */
  boolean expire(TenantTx tx, PublicIds.Keyed id) throws SQLException {
    ConsentEntity row = rows.findToChange(tx.tenant(), id.holder(), id.key());
    if (row == null || row.ends().isAfter(tx.now())) {
      return false;
    }
    if (!ConsentStep.EXPIRE.allowedFrom(ConsentState.stored(row.state))) {
      return false;
    }
    move(tx, row, ConsentStep.EXPIRE, null, Map.of("expires_at", row.ends().toString()));
    return true;
  }

  /** Pauses a consent that was not confirmed in time; false when somebody was faster. */
  boolean lapse(TenantTx tx, PublicIds.Keyed id) throws SQLException {
    ConsentEntity row = rows.findToChange(tx.tenant(), id.holder(), id.key());
    Instant by = row == null ? null : row.confirmBy;
    if (row == null || by == null || by.isAfter(tx.now())) {
      return false;
    }
    if (!ConsentStep.PAUSE.allowedFrom(ConsentState.stored(row.state))) {
      return false;
    }
    row.stateReasonSealed = form.sealed(row, Field.REASON, UNCONFIRMED);
    move(tx, row, ConsentStep.PAUSE, null, Map.of("confirm_by", by.toString()));
    return true;
  }

  /**
   * Reminds the holder of a consent that is in force, which stays as it is; false when somebody was
   * faster, or nothing is due.
   */
  boolean remind(TenantTx tx, PublicIds.Keyed id) throws SQLException {
    ConsentEntity row = rows.findToChange(tx.tenant(), id.holder(), id.key());
    Instant due = row == null ? null : row.remindAt;
    Instant now = tx.now();
    if (row == null || due == null || due.isAfter(now)) {
      return false;
    }
    if (ConsentState.of(row.state, row.expiresAt, now) != ConsentState.ACTIVE) {
      return false;
    }
    Reminders reminders = Reminders.of(row);
    Reminders.Why why = reminders.why(due, now);
    row.remindAt = reminders.next(now, now);
    rows.flush();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("why", why.code());
    facts.put("days_left", Long.toString(Reminders.daysLeft(why.until(), now)));
    facts.put("expires_at", row.expiresAt.toString());
    if (row.confirmBy != null) {
      facts.put("confirm_by", row.confirmBy.toString());
    }
    log.append(
        tx, new Leaf(Leaf.Kind.CONSENT_REMINDED, row.holder, row.consent, null, null, facts));
    consents.receipt(tx, "remind", row, now);
    return true;
  }

  /**
   * Puts a new version in the place of a consent that is in force.
   *
   * @param asked what the new version allows, told for how long the one before lets read
   * @param given how it was given; null keeps how the version before was, which is enough for
   *     allowing less
   * @return null when there is no such consent
   */
  public @Nullable Consent amend(
      TenantTx tx,
      Actor actor,
      PublicIds.Keyed id,
      Function<DurationKind, Terms> asked,
      @Nullable Given given)
      throws SQLException {
    ConsentEntity before = rows.findToChange(tx.tenant(), id.holder(), id.key());
    if (before == null) {
      return null;
    }
    Instant now = tx.now();
    ConsentState state = ConsentState.of(before.state, before.ends(), now);
    if (!ConsentStep.REPLACE.allowedFrom(state)) {
      throw conflict(state);
    }
    Consent known = form.shown(before, now);
    Terms terms = asked.apply(known.terms().duration());
    if (given == null && !terms.within(known.terms())) {
      throw Problem.invalid(
          "given", "Allowing more than before is an act of the holder: say how he gave it.");
    }
    Given how = given == null ? known.given() : given;
    consents.check(tx, now, terms, how);
    ConsentEntity row = form.row(tx, id.holder(), actor.client(), terms, how, now);
    row.arrangement = before.arrangement;
    row.version = before.version + 1;
    row.replaces = before.consent;
    if (given == null) {
      form.keep(row, before, now);
    }
    // A pause outlives an amendment.
    row.state = state.code();
    move(
        tx,
        before,
        ConsentStep.REPLACE,
        actor,
        Map.of("by", PublicIds.consent(row.holder, row.consent), "recorded_by_role", actor.role()));
    NoticeStore.keep(tx, how.notice());
    rows.persistAndFlush(row);
    log.append(tx, Consents.leaf(Leaf.Kind.CONSENT_GRANTED, row, actor));
    consents.receipt(tx, "amend", row, now);
    replaced.fire(
        new ConsentReplaced(
            tx,
            row.holder,
            before.consent,
            row.consent,
            !terms.servesAll(known.terms()),
            given != null));
    return form.shown(row, now);
  }

  private void move(
      TenantTx tx,
      ConsentEntity row,
      ConsentStep step,
      @Nullable Actor actor,
      Map<String, String> facts)
      throws SQLException {
    Instant now = tx.now();
    if (step != ConsentStep.CONFIRM) {
      row.stateAt = step == ConsentStep.EXPIRE ? row.ends() : now;
      row.state = step.target().code();
      // An end that nobody brought about goes back to whoever set the time.
      row.stateBy = actor == null ? row.stateBy : PublicIds.client(actor.client());
    }
    rows.flush();
    Long client = actor == null ? null : actor.client();
    log.append(tx, new Leaf(step.leaf(), row.holder, row.consent, null, client, facts));
    switch (step) {
      case GRANT, REFUSE, CONFIRM -> {}
      case PAUSE -> paused.fire(new ConsentPaused(tx, row.holder, row.consent, true));
      case RESUME -> paused.fire(new ConsentPaused(tx, row.holder, row.consent, false));
      case WITHDRAW, REVOKE, INVALIDATE, EXPIRE ->
          ended.fire(new ConsentEnded(tx, row.holder, row.consent));
      case REPLACE -> {
        // The version that takes its place has the receipt, and carries on what hung on this one.
        return;
      }
    }
    consents.receipt(tx, step.code(), row, now);
  }

  private static Problem conflict(ConsentState state) {
    return new Problem(
            Problem.Kind.CONFLICT,
            "The consent's present state does not allow this step. A consent that ended is not"
                + " brought back; ask the holder for a new one.")
        .with("state", state.code());
  }
}
