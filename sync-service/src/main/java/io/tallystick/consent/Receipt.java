package io.tallystick.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.kernel.PublicIds;
import io.tallystick.venue.Domain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt says, in the order in which it is signed. It names everything that the Australian
 * consumer data rules want on a receipt: person, purposes, parties, data, duration, how to review
 * and to withdraw, what withdrawal does, the choice to have data deleted, when the holder is told
 * again, and what the consent was before.
 *
 * @param consent the version this receipt is for; {@code arrangement} stays over versions
 * @param data kinds of record, in the words of the contract
 * @param recordsFrom where the look-back begins
 * @param given null while he was only asked for it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Receipt(
    String schema,
    String receipt,
    String issuedAt,
    String step,
    String arrangement,
    String consent,
    int version,
    @Nullable String replaces,
    Person person,
    List<Party> parties,
    List<String> purposes,
    List<String> data,
    int lookBackDays,
    String recordsFrom,
    Lasting duration,
    String jurisdiction,
    String lawfulBasis,
    @Nullable Giving given,
    Standing state,
    Rights rights,
    List<Version> history) {
  static final String SCHEMA = "tallystick/consent-receipt/2";

  /** Who gave it: the holder's id, and the tenant's own reference of him. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Person(String holder, @Nullable String reference) {}

  /** Who takes part: the tenant as controller, clients as recipients, processors and their task. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Party(
      String role,
      String name,
      @Nullable String client,
      @Nullable String purpose,
      @Nullable String country,
      @Nullable String contact,
      @Nullable String address,
      @Nullable String task) {}

  /** Until its end or for one reading, and from when to when. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Lasting(String kind, String from, String until, long days) {}

  /** How it was given; what proves it is in the record and not on the receipt. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Giving(
      String by, String method, @Nullable String authentication, String at, String recordedBy) {}

  /** Where it stands after the step. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Standing(String name, String since, String by) {}

  /** What the holder can do. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rights(
      String review,
      String withdraw,
      @Nullable String withdrawAt,
      String withdrawalMeans,
      String deletion,
      @Nullable String deletionChosen,
      int noticeEveryDays,
      @Nullable String nextNoticeAt,
      @Nullable String confirmBy,
      @Nullable String more,
      @Nullable String authority) {}

  /** A version of the arrangement. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Version(int version, String consent, String givenAt, String state) {}

  /** What is known besides the consent itself. */
  record Around(@Nullable String reference, Stated stated, List<Consent> versions) {}

  static Receipt of(String id, Instant at, String step, Consent consent, Around around) {
    Consents.Terms terms = consent.terms();
    Instant given = consent.givenAt();
    Long replaces = consent.replaces();
    return new Receipt(
        SCHEMA,
        id,
        at.toString(),
        step,
        PublicIds.consent(consent.holder(), consent.arrangement()),
        PublicIds.consent(consent.holder(), consent.id()),
        consent.version(),
        replaces == null ? null : PublicIds.consent(consent.holder(), replaces),
        new Person(PublicIds.holder(consent.holder()), around.reference()),
        parties(around.stated()),
        terms.purposes(),
        terms.domains().stream().map(Domain::code).toList(),
        terms.lookBackDays(),
        given.minus(Duration.ofDays(terms.lookBackDays())).toString(),
        new Lasting(
            terms.duration().code(),
            given.toString(),
            terms.expiresAt().toString(),
            Duration.between(given, terms.expiresAt()).toDays()),
        terms.jurisdiction(),
        consent.basis().code(),
        consent.wasGiven()
            ? new Giving(
                consent.given().by(),
                consent.given().method(),
                consent.given().act().authentication(),
                given.toString(),
                PublicIds.client(consent.recordedBy()))
            : null,
        new Standing(consent.state().code(), consent.stateAt().toString(), consent.stateBy()),
        rights(consent, around.stated().besides()),
        around.versions().stream()
            .map(one ->
                new Version(
                    one.version(),
                    PublicIds.consent(one.holder(), one.id()),
                    one.givenAt().toString(),
                    one.state().code()))
            .toList());
  }

  private static List<Party> parties(Stated stated) {
    List<Party> parties = new ArrayList<>();
    parties.add(party("controller", stated.controller()));
    stated.recipients().forEach(one -> parties.add(party("recipient", one)));
    stated.processors().forEach(one -> parties.add(party("processor", one)));
    return parties;
  }

  private static Party party(String role, Stated.Party one) {
    boolean client = role.equals("recipient");
    return new Party(
        role,
        one.name(),
        client ? one.id() : null,
        one.purpose(),
        one.country(),
        one.contact(),
        one.address(),
        client ? null : one.task());
  }

  private static Rights rights(Consent consent, Stated.Besides besides) {
    Instant next = consent.nextNotice();
    Instant confirm = consent.state().mayEnd() ? consent.confirmBy() : null;
    return new Rights(
        "Ask whoever issued this for the record of this consent, for every reading of your data,"
            + " and for a copy of it; it costs nothing.",
        "Tell whoever issued this, in the way you gave it or any other; no reason is needed and"
            + " nothing is charged.",
        besides.withdrawAt(),
        "Reading of your account and of what was read of it stops within five seconds, for good."
            + " The key to your account is destroyed.",
        "When it ends you choose whether what was read is deleted as far as the law allows, or kept"
            + " as long as it requires. Without a choice it is kept that long and no longer.",
        consent.deletion(),
        Regime.of(consent.terms().jurisdiction()).remindEvery(),
        next == null ? null : next.toString(),
        confirm == null ? null : confirm.toString(),
        besides.rights(),
        besides.authority());
  }
}
