package io.tallystick.consent;

import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.Consents.Terms;
import io.tallystick.consent.HolderSeal.Field;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.LawfulBasis;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How a consent is written into its row and read from it; what people wrote is sealed there. */
@ApplicationScoped
class ConsentForm {
  private final HolderSeal seal;
  private final Statements statements;
  private final RandomGenerator random;

  ConsentForm(HolderSeal seal, Statements statements, RandomGenerator random) {
    this.seal = seal;
    this.statements = statements;
    this.random = random;
  }

  /** A row for a consent that is active from now on, the first of its arrangement. */
  ConsentEntity row(TenantTx tx, long holder, long client, Terms terms, Given given, Instant now)
      throws SQLException {
    ConsentEntity row = new ConsentEntity();
    row.tenant = tx.tenant();
    row.holder = holder;
    row.consent = random.nextLong(1, Long.MAX_VALUE);
    row.arrangement = row.consent;
    row.recipients = terms.recipients().toArray(Long[]::new);
    row.purposes = terms.purposes().toArray(String[]::new);
    row.domains = terms.domains().stream().map(Domain::code).toArray(String[]::new);
    row.lookBackDays = terms.lookBackDays();
    row.expiresAt = terms.expiresAt();
    row.duration = terms.duration().code();
    row.jurisdiction = terms.jurisdiction();
    Statements.Now said = statements.now(tx, terms);
    row.lawfulBasis = said.basis().code();
    row.stated = said.stated().text();
    row.givenAt = given.at() == null ? now : given.at();
    row.givenBy = given.by();
    row.givenMethod = given.method();
    row.givenEvidenceSealed = sealed(row, Field.EVIDENCE, given.evidence());
    row.givenAuthentication = given.act().authentication();
    came(row, given.act());
    Notice notice = given.notice();
    if (notice != null) {
      row.noticeVersion = notice.version();
      row.noticeLanguage = notice.language();
      row.noticeSha256 = HexFormat.of().parseHex(notice.sha256());
    }
    row.confirmBy = Regime.of(row.jurisdiction).confirmBy(row.givenAt);
    row.remindAt = Reminders.of(row).next(row.givenAt, now);
    row.recordedBy = client;
    row.state = ConsentState.ACTIVE.code();
    row.stateAt = now;
    row.stateBy = PublicIds.client(client);
    return row;
  }

  /**
   * Leaves as it was before what changes only by an act of the holder: in a version without one.
   */
  void keep(ConsentEntity row, ConsentEntity before, Instant now) {
    // What was done once is not allowed again, and what he confirmed stays confirmed.
    row.usedAt = before.usedAt;
    row.lawfulBasis = before.lawfulBasis;
    row.confirmBy = before.confirmBy;
    // Nobody puts off by it what he is to be told; a nearer end brings it forward.
    Instant next = Reminders.of(row).next(now, now);
    Instant due = before.remindAt;
    row.remindAt = next == null || due == null || next.isBefore(due) ? next : due;
  }

  /** Writes down from where the act came by which it was given. */
  void came(ConsentEntity row, Act act) {
    row.givenIpSealed = sealed(row, Field.GIVEN_IP, act.ip());
    row.givenAgentSealed = sealed(row, Field.GIVEN_AGENT, act.agent());
  }

  /** Text of the row, sealed; null stays null. */
  byte @Nullable [] sealed(ConsentEntity row, Field field, @Nullable String text) {
    return text == null
        ? null
        : seal.seal(
            row.tenant, row.holder, row.consent, field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The consent as it stands at an instant. */
  Consent shown(ConsentEntity row, Instant now) {
    ConsentState state = ConsentState.of(row.state, row.ends(), now);
    boolean over = !row.state.equals(state.code());
    return new Consent(
        row.holder,
        row.consent,
        row.arrangement,
        row.version,
        row.replaces,
        new Terms(
            List.of(row.recipients),
            List.of(row.purposes),
            Arrays.stream(row.domains).flatMap(code -> Domain.of(code).stream()).toList(),
            row.lookBackDays,
            row.expiresAt,
            DurationKind.of(row.duration, DurationKind.UNTIL),
            row.jurisdiction),
        new Given(
            row.givenBy,
            row.givenMethod,
            opened(row, Field.EVIDENCE, row.givenEvidenceSealed),
            row.givenAt,
            notice(row),
            new Act(
                row.givenAuthentication,
                opened(row, Field.GIVEN_IP, row.givenIpSealed),
                opened(row, Field.GIVEN_AGENT, row.givenAgentSealed))),
        LawfulBasis.of(row.lawfulBasis),
        row.stated == null ? null : Stated.read(row.stated),
        row.recordedBy,
        state,
        // A time that is over ended then, whenever somebody notices.
        over ? row.ends() : row.stateAt,
        row.stateBy,
        opened(row, Field.REASON, row.stateReasonSealed),
        row.deletion,
        row.usedAt,
        row.answerBy,
        row.confirmBy,
        row.remindAt);
  }

  private static @Nullable Notice notice(ConsentEntity row) {
    String version = row.noticeVersion;
    String language = row.noticeLanguage;
    byte[] digest = row.noticeSha256;
    return version == null || language == null || digest == null
        ? null
        : new Notice(version, language, HexFormat.of().formatHex(digest), null);
  }

  private @Nullable String opened(ConsentEntity row, Field field, byte @Nullable [] sealed) {
    if (sealed == null) {
      return null;
    }
    byte[] plain = seal.open(row.tenant, row.holder, row.consent, field, sealed);
    return plain == null ? null : new String(plain, StandardCharsets.UTF_8);
  }
}
