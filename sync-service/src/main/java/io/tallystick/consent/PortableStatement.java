package io.tallystick.consent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.PortableConsent.Around;
import io.tallystick.consent.Stated.Besides;
import io.tallystick.consent.Stated.Kept;
import io.tallystick.consent.Stated.Party;
import io.tallystick.consent.Stated.Purpose;
import io.tallystick.kernel.PublicIds;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a consent's portable record says of who takes part, what for, where and how long. */
final class PortableStatement {
  static final String NAMES = "urn:tallystick:";
  static final String UNKNOWN = "not stated";

  private PortableStatement() {}

  static void write(ObjectNode document, Consent consent, Around around) {
    Stated stated = around.stated();
    purposes(document, stated.purposes());
    parties(document, consent, around);
    ArrayNode places = document.putArray("storage_locations");
    known(stated.storage())
        .forEach(
            place -> places.addObject().put("type", "dpv:StorageLocation").put("location", place));
    kept(document, stated.kept());
    ArrayNode transfers = document.putArray("transfers");
    known(stated.transfers()).forEach(transfers::add);
    besides(document, stated.besides());
  }

  private static void purposes(ObjectNode document, List<Purpose> purposes) {
    ArrayNode all = document.putArray("purposes");
    for (Purpose purpose : purposes) {
      ObjectNode one = all.addObject().put("id", NAMES + "purpose:" + purpose.code());
      ArrayNode types = one.putArray("type").add("dpv:Purpose");
      if (purpose.category() != null) {
        types.add("dpv:" + purpose.category());
      }
      one.put("code", purpose.code());
      one.put("text", Objects.requireNonNullElse(purpose.text(), UNKNOWN));
      Boolean necessary = purpose.necessary();
      if (necessary != null) {
        one.put("necessity", necessary ? "dpv:Required" : "dpv:Optional");
      }
    }
  }

  private static void parties(ObjectNode document, Consent consent, Around around) {
    Stated stated = around.stated();
    ArrayNode all = document.putArray("parties");
    all.addObject()
        .put("id", NAMES + PublicIds.holder(consent.holder()))
        .put("type", "dpv:DataSubject")
        .put("role", "subject");
    document.putArray("controllers").add(stated.controller().id());
    party(all, "dpv:DataController", "controller", stated.controller());
    ArrayNode processors = document.putArray("processors");
    for (Party one : stated.processors()) {
      processors.add(one.id());
      party(all, "dpv:DataProcessor", "processor", one);
    }
    ArrayNode recipients = document.putArray("recipients");
    for (Party one : stated.recipients()) {
      Party named =
          new Party(
              NAMES + one.id(),
              one.name(),
              one.contact(),
              one.address(),
              one.country(),
              one.task(),
              one.purpose());
      recipients.add(named.id());
      party(all, "dpv:Recipient", "recipient", named);
    }
    ArrayNode sources = document.putArray("sources");
    TreeSet<String> venues = new TreeSet<>();
    around.accounts().forEach(account -> venues.add(account.venue()));
    for (String venue : venues) {
      String id = NAMES + "venue:" + venue;
      sources.add(id);
      party(all, "dpv:DataSource", "venue", Party.named(id, venue));
    }
  }

  private static void party(ArrayNode all, String type, String role, Party party) {
    ObjectNode one = all.addObject().put("id", party.id()).put("type", type).put("role", role);
    one.put("name", party.name());
    told(one, "contact", party.contact());
    told(one, "address", party.address());
    put(one, "country", party.country());
    put(one, "task", party.task());
    put(one, "works_for", party.purpose());
  }

  private static void kept(ObjectNode document, @Nullable Kept kept) {
    document.put("retention_profile", kept == null ? UNKNOWN : kept.profile());
    ArrayNode periods = document.putArray("retention");
    if (kept != null) {
      kept.periods()
          .forEach((kind, period) ->
              periods
                  .addObject()
                  .put("type", "dpv:StorageDuration")
                  .put("retention_class", kind)
                  .put("period", period));
    }
  }

  private static void besides(ObjectNode document, Besides besides) {
    ArrayNode rights = document.putArray("rights");
    right(rights, "review", "GET /v1/self/access-log in his own session, or whoever recorded it.");
    right(rights, "withdrawal", "One step of the consent, at any time and without a reason.");
    right(rights, "portability", "GET /v1/self/export in his own session.");
    right(rights, "erasure", "The choice at withdrawal, or a request to whoever recorded it.");
    if (besides.rights() != null) {
      right(rights, "all", besides.rights());
    }
    if (besides.authority() != null) {
      document
          .putObject("authority")
          .put("type", "dpv:DataProtectionAuthority")
          .put("name", besides.authority());
    }
    if (besides.dpia() != null) {
      document.putObject("dpia").put("type", "dpv:DPIA").put("identifier", besides.dpia());
    }
    ArrayNode codes = document.putArray("codes_of_conduct");
    besides
        .codesOfConduct()
        .forEach(one -> codes.addObject().put("type", "dpv:CodeOfConduct").put("name", one));
  }

  private static void right(ArrayNode rights, String title, String method) {
    rights
        .addObject()
        .put("type", "dpv:DataSubjectRight")
        .put("title", title)
        .put("method", method);
  }

  private static List<String> known(List<String> said) {
    return said.isEmpty() ? List.of(UNKNOWN) : said;
  }

  private static void told(ObjectNode node, String name, @Nullable String value) {
    node.put(name, Objects.requireNonNullElse(value, UNKNOWN));
  }

  /** Says nothing of what is not there. */
  static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
