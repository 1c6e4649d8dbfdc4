package io.tallystick.connection;

import io.tallystick.egress.Environments;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Outcome;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.vault.SealedCredential;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Environment;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the venue what a key may do and whose it is, before anything is stored and never inside a
 * transaction. Nothing is ever tried out: rights are read, not probed.
 */
@ApplicationScoped
class KeyProof {
  private final Gateway gateway;
  private final Environments environments;
  private final ConnectionSettings settings;
  private final Pace pace;

  KeyProof(Gateway gateway, Environments environments, ConnectionSettings settings, Pace pace) {
    this.gateway = gateway;
    this.environments = environments;
    this.settings = settings;
    this.pace = pace;
  }

  /** The address venues see us at, as the operator named it; empty when he did not. */
  String address() {
    return settings.egressAddress().orElse("");
  }

  /**
   * Proves the key behind a credential: rights first, then whose account it is.
   *
   * @param acknowledgement the holder's words on a key whose rights nobody can read; null when he
   *     gave none
   */
  Proof prove(SealedCredential credential, @Nullable String acknowledgement) {
    return switch (rights(credential)) {
      case Proof.Rights.Elsewhere elsewhere -> new Proof.Refused(elsewhere.refusal());
      case Proof.Rights.Told told -> judged(credential, told.verdict(), acknowledgement);
    };
  }

  /** Reads the key's rights; where the environment does not tell any, without a call. */
  Proof.Rights rights(SealedCredential credential) {
    if (!environment(credential).tellsRights()) {
      return new Proof.Rights.Told(
          new KeyVerdict.Unverifiable("The environment does not tell what a key may do."));
    }
    Venue venue = venue(credential);
    return switch (gateway.send(Target.of(credential, Priority.LIVE), venue.rightsCall())) {
      case Outcome.Answered answered -> told(venue, answered);
      case Outcome.Refused refused -> denied(refused.denial());
      case Outcome.Waiting waiting ->
          new Proof.Rights.Elsewhere(
              ConnectionState.WAITING,
              Refusal.unavailable(
                  "The venue asked for patience.",
                  Duration.between(pace.instant(), waiting.until())));
      case Outcome.Unreadable ignored ->
          new Proof.Rights.Elsewhere(
              ConnectionState.VENUE_DOWN,
              Refusal.unavailable("The venue's answer could not be read."));
      case Outcome.Unreachable ignored ->
          new Proof.Rights.Elsewhere(
              ConnectionState.VENUE_DOWN, Refusal.unavailable("The venue cannot be reached."));
    };
  }

  private static Proof.Rights told(Venue venue, Outcome.Answered answered) {
    try {
      return new Proof.Rights.Told(venue.rights(answered.answer()));
    } catch (Problem unreadable) {
      return new Proof.Rights.Elsewhere(
          ConnectionState.VENUE_DOWN, Refusal.unavailable("The venue's answer could not be read."));
    }
  }

  private Proof.Rights denied(Denial denial) {
    return switch (denial) {
      case KEY_OR_ADDRESS_OR_RIGHT, SIGNATURE, KEY_MALFORMED ->
          new Proof.Rights.Told(new KeyVerdict.Rejected(denial));
      case REGION ->
          new Proof.Rights.Elsewhere(
              ConnectionState.REGION_REFUSED, Refusal.denied(denial, address()));
      case FIREWALL ->
          new Proof.Rights.Elsewhere(ConnectionState.VENUE_DOWN, Refusal.denied(denial, address()));
      case UNKNOWN_MARKET, NOT_OFFERED, BAD_REQUEST ->
          new Proof.Rights.Told(
              new KeyVerdict.Unverifiable("The venue does not tell this key's rights."));
    };
  }

  private Proof judged(
      SealedCredential credential, KeyVerdict verdict, @Nullable String acknowledgement) {
    return switch (verdict) {
      case KeyVerdict.ReadOnly ignored -> owned(credential, verdict);
      case KeyVerdict.TooPowerful tooMuch ->
          new Proof.Refused(Refusal.tooPowerful(tooMuch.rights()));
      case KeyVerdict.Rejected rejected ->
          new Proof.Refused(Refusal.denied(rejected.denial(), address()));
      case KeyVerdict.Unverifiable unknown -> {
        Refusal refusal = unverifiable(environment(credential), unknown, acknowledgement);
        yield refusal == null ? owned(credential, verdict) : new Proof.Refused(refusal);
      }
    };
  }

  /** Why a key of unknown rights is not taken; null when setting and holder both allow it. */
  private @Nullable Refusal unverifiable(
      Environment environment, KeyVerdict.Unverifiable unknown, @Nullable String acknowledgement) {
    if (environment.tellsRights()) {
      // Where rights can be read, silence is trouble, and nobody can wave it through.
      return Refusal.unverifiable(
          unknown.why(), "Try again later; the key is not taken until its rights can be read.");
    }
    if (!settings.allowUnverifiable().orElse(Set.of()).contains(environment.name())) {
      return Refusal.unverifiable(
          unknown.why(),
          "Connect a key of an environment that tells its keys' rights, or have the operator name"
              + " this environment in tallystick.connection.allow-unverifiable.");
    }
    if (acknowledgement == null) {
      return Refusal.unverifiable(
          unknown.why(),
          "Send the holder's own words, as acknowledgement, that he knows nobody can verify what"
              + " this key may do.");
    }
    return null;
  }

  private Proof owned(SealedCredential credential, KeyVerdict verdict) {
    Venue venue = venue(credential);
    return switch (gateway.send(Target.of(credential, Priority.LIVE), venue.accountCall())) {
      case Outcome.Answered answered -> uid(venue, answered, verdict);
      case Outcome.Refused refused ->
          new Proof.Refused(Refusal.denied(refused.denial(), address()));
      case Outcome.Waiting waiting ->
          new Proof.Refused(
              Refusal.unavailable(
                  "The venue asked for patience.",
                  Duration.between(pace.instant(), waiting.until())));
      case Outcome.Unreadable ignored ->
          new Proof.Refused(Refusal.unavailable("The venue's answer could not be read."));
      case Outcome.Unreachable ignored ->
          new Proof.Refused(Refusal.unavailable("The venue cannot be reached."));
    };
  }

  private static Proof uid(Venue venue, Outcome.Answered answered, KeyVerdict verdict) {
    try {
      return new Proof.Proven(verdict, venue.accountUid(answered.answer()));
    } catch (Problem unreadable) {
      return new Proof.Refused(Refusal.unavailable("The venue's answer could not be read."));
    }
  }

  private Venue venue(SealedCredential credential) {
    return environments.venue(credential.context().venue()).orElseThrow();
  }

  private Environment environment(SealedCredential credential) {
    return environments
        .find(credential.context().venue(), credential.context().environment())
        .orElseThrow();
  }
}
