package io.tallystick.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.PublicIds;
import io.tallystick.venue.Domain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A consent as a JSON-LD document in the terms of the W3C Data Privacy Vocabulary, structured after
 * ISO/IEC TS 27560 (header, processing, parties, event). The context travels in the document, so
 * that it can be read without asking anybody. Names nobody: the holder is his pseudonymous id.
 */
final class PortableConsent {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode CONTEXT = context();
  private static final String NAMES = PortableStatement.NAMES;

  private PortableConsent() {}

  /** What a record tells besides the consent itself. */
  record Around(
      long tenant,
      List<Consent> versions,
      List<Receipts.Issued> receipts,
      Stated stated,
      List<AccountsAsked.Account> accounts) {}

  /** The document's text. */
  static String of(Consent consent, Around around) {
    ObjectNode document = JSON.createObjectNode();
    document.set("@context", CONTEXT);
    document.put("id", NAMES + PublicIds.consent(consent.holder(), consent.id()));
    document.put("type", "dpv:ConsentRecord");
    document.put("schema_version", "tallystick/consent-record/2");
    header(document, consent, around.tenant());
    processing(document, consent);
    withdrawal(document, consent, around.stated());
    PortableStatement.write(document, consent, around);
    accounts(document, around.accounts());
    notice(document, consent.given().notice());
    event(document, consent);
    ArrayNode issued = document.putArray("receipts");
    around
        .receipts()
        .forEach(one ->
            issued
                .addObject()
                .put("type", "dpv:ConsentReceipt")
                .put("identifier", one.id().toString())
                .put("step", one.step())
                .put("issued_at", one.at().toString())
                .put("signed_note", one.note()));
    ArrayNode history = document.putArray("history");
    around
        .versions()
        .forEach(one ->
            history
                .addObject()
                .put("id", NAMES + PublicIds.consent(one.holder(), one.id()))
                .put("version", one.version())
                .put("given_at", one.givenAt().toString())
                .put("status", status(one.state())));
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a consent record cannot be written", e);
    }
  }

  private static void header(ObjectNode document, Consent consent, long tenant) {
    String id = PublicIds.consent(consent.holder(), consent.id());
    document.put("record_id", "urn:uuid:" + uuid(id));
    document.put("identifier", id);
    document.put("arrangement", PublicIds.consent(consent.holder(), consent.arrangement()));
    document.put("version", consent.version());
    Long replaces = consent.replaces();
    if (replaces != null) {
      document.put("replaces", PublicIds.consent(consent.holder(), replaces));
    }
    document.put("data_subject", NAMES + PublicIds.holder(consent.holder()));
    document.put("tenant", NAMES + "tenant:" + tenant);
  }

  // The id of a record in the form that ISO/IEC TS 27560 asks for: made of our own, version 8.
  private static UUID uuid(String id) {
    byte[] named = Frame.of("tallystick/consent-record/id/1", id);
    ByteBuffer bits = ByteBuffer.wrap(Digests.sha256(named));
    return new UUID((bits.getLong() & ~0xf000L) | 0x8000L, (bits.getLong() >>> 2) | Long.MIN_VALUE);
  }

  private static void processing(ObjectNode document, Consent consent) {
    Consents.Terms terms = consent.terms();
    ArrayNode data = document.putArray("data");
    terms.domains().stream().map(Domain::code).forEach(data::add);
    document.put("legal_basis", consent.basis().term());
    document.put("jurisdiction", terms.jurisdiction());
    document.put("look_back_days", terms.lookBackDays());
    document.put(
        "records_from", consent.givenAt().minus(Duration.ofDays(terms.lookBackDays())).toString());
    document.put("automated_decisions", false);
  }

  private static void withdrawal(ObjectNode document, Consent consent, Stated stated) {
    ObjectNode withdrawal = document.putObject("withdrawal");
    withdrawal.put(
        "method",
        "One act, in the place where it was given: the holder's own session, or a word to whoever"
            + " recorded it.");
    PortableStatement.put(withdrawal, "url", stated.besides().withdrawAt());
    withdrawal.put(
        "consequence",
        "Pulls and reads stop within five seconds, and the key to the account is destroyed.");
    PortableStatement.put(withdrawal, "deletion", consent.deletion());
  }

  private static void accounts(ObjectNode document, List<AccountsAsked.Account> accounts) {
    ArrayNode read = document.putArray("accounts");
    for (AccountsAsked.Account account : accounts) {
      ObjectNode one = read.addObject().put("id", NAMES + account.connection());
      one.put("venue", account.venue());
      one.put("environment", account.environment());
      PortableStatement.put(one, "account_digest", account.digest());
      ArrayNode streams = one.putArray("streams");
      account.streams().forEach(streams::add);
      AccountsAsked.Judged judged = account.judged();
      one.put("key_verdict", judged.verdict());
      ArrayNode rights = one.putArray("key_rights");
      judged.rights().forEach(rights::add);
      one.put("judged_at", judged.at().toString());
      if (judged.entry() != null) {
        ObjectNode evidence = one.putObject("evidence").put("id", NAMES + judged.entry());
        PortableStatement.put(evidence, "digest", judged.digest());
      }
    }
  }

  // What nobody said is said to be unknown: a reader must not take silence for an answer.
  private static void notice(ObjectNode document, @Nullable Notice notice) {
    ObjectNode shown = document.putObject("notice");
    if (notice != null) {
      shown.put("id", NAMES + "notice:" + notice.sha256());
    }
    shown.put("notice_version", notice == null ? PortableStatement.UNKNOWN : notice.version());
    shown.put("language", notice == null ? PortableStatement.UNKNOWN : notice.language());
    PortableStatement.put(shown, "digest", notice == null ? null : notice.sha256());
  }

  private static void event(ObjectNode document, Consent consent) {
    if (consent.wasGiven()) {
      document.put("given_at", consent.givenAt().toString());
      document.put("given_by", consent.given().by());
      document.put("given_method", consent.given().method());
      PortableStatement.put(
          document, "given_authentication", consent.given().act().authentication());
    }
    document.put("recorded_by", NAMES + PublicIds.client(consent.recordedBy()));
    document.put("expires_at", consent.terms().expiresAt().toString());
    document.put("duration", duration(consent.terms().duration()));
    Instant used = consent.usedAt();
    PortableStatement.put(document, "used_at", used == null ? null : used.toString());
    document.put("status", status(consent.state()));
    document.put("status_since", consent.stateAt().toString());
    document.put("status_by", NAMES + consent.stateBy());
    PortableStatement.put(document, "status_reason", consent.stateReason());
  }

  private static String duration(DurationKind kind) {
    return switch (kind) {
      case UNTIL -> "dpv:UntilTimeDuration";
      case ONCE -> "dpv:FixedOccurrencesDuration";
    };
  }

  /** The vocabulary's name of a state, or our own for which it has none. */
  private static String status(ConsentState state) {
    return switch (state) {
      case REQUESTED -> "dpv:ConsentRequested";
      case REFUSED -> "dpv:ConsentRefused";
      case ACTIVE -> "dpv:ConsentGiven";
      case PAUSED -> "ts:ConsentPaused";
      case SUPERSEDED -> "ts:ConsentSuperseded";
      case EXPIRED -> "dpv:ConsentExpired";
      case WITHDRAWN -> "dpv:ConsentWithdrawn";
      case REVOKED -> "dpv:ConsentRevoked";
      case INVALIDATED -> "dpv:ConsentInvalidated";
    };
  }

  private static JsonNode context() {
    try (InputStream file = PortableConsent.class.getResourceAsStream("context.jsonld")) {
      return JSON.readTree(Objects.requireNonNull(file)).path("@context");
    } catch (IOException e) {
      throw new UncheckedIOException("the context of consent records cannot be read", e);
    }
  }
}
