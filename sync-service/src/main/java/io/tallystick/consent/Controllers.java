package io.tallystick.consent;

import io.quarkus.runtime.StartupEvent;
import io.tallystick.consent.Stated.Party;
import io.tallystick.consent.Stated.Purpose;
import io.tallystick.kernel.Countries;
import io.tallystick.kernel.Loopback;
import io.tallystick.tenancy.LawfulBasis;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for the data and who works on it for him, as far as the operator said: of the tenant
 * in the provisioning file, of all tenants in settings.
 */
@ApplicationScoped
public class Controllers {
  private static final Pattern TERM = Pattern.compile("[A-Z][A-Za-z]{1,62}");
  private static final int LONGEST = 2000;

  private final ControllerSettings settings;

  Controllers(ControllerSettings settings) {
    this.settings = settings;
  }

  /** Who answers for the data, and who works on it for him. */
  public record Controller(
      Party party,
      List<Party> processors,
      LawfulBasis basis,
      List<String> storage,
      List<String> transfers) {}

  // What would stand in every record from now on is looked at before the first is made.
  void check(@Observes StartupEvent start) {
    List<String> faults = faults();
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("; ", faults));
    }
  }

  /** What is wrong with the settings, each as a sentence for the operator. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    country(faults, "country", settings.country());
    settings
        .processors()
        .forEach((name, one) -> country(faults, "processors." + name + ".country", one.country()));
    settings
        .purposes()
        .forEach((name, one) ->
            one.category()
                .filter(term -> !TERM.matcher(term).matches())
                .ifPresent(term ->
                    faults.add(setting("purposes." + name + ".category") + " is no term of DPV")));
    settings
        .withdrawalUrl()
        .filter(url -> !Loopback.isHereOrHttps(url) || url.toString().length() > LONGEST)
        .ifPresent(url ->
            faults.add(
                setting("withdrawal-url")
                    + " must be https, or http on loopback, and name no user"));
    return faults;
  }

  /** The controller of the transaction's tenant, as things stand now. */
  public Controller of(TenantTx tx) throws SQLException {
    ReceiptStore.Tenant tenant = ReceiptStore.tenant(tx);
    Party party =
        new Party(
            "urn:tallystick:tenant:" + tx.tenant(),
            tenant.name(),
            first(tenant.contact(), settings.contact()),
            first(tenant.address(), settings.address()),
            first(tenant.country(), settings.country()),
            null,
            null);
    List<Party> processors = new ArrayList<>();
    new TreeMap<>(settings.processors())
        .forEach((name, one) ->
            processors.add(
                new Party(
                    "urn:tallystick:processor:" + name,
                    one.name().orElse(name),
                    text(one.contact()),
                    text(one.address()),
                    text(one.country()),
                    text(one.role()),
                    null)));
    return new Controller(
        party,
        List.copyOf(processors),
        tenant.basis() == null ? settings.lawfulBasis() : LawfulBasis.of(tenant.basis()),
        several(settings.storage()),
        several(settings.transfers()));
  }

  /** A purpose, in the words that the operator has for it. */
  public Purpose purpose(String code) {
    ControllerSettings.Purpose said = settings.purposes().get(code);
    return said == null
        ? new Purpose(code, null, null, null)
        : new Purpose(
            code, text(said.text()), text(said.category()), said.necessary().orElse(null));
  }

  /** What else he said of the processing as a whole. */
  Stated.Besides besides() {
    return new Stated.Besides(
        settings.withdrawalUrl().map(URI::toString).orElse(null),
        text(settings.rights()),
        text(settings.authority()),
        text(settings.dpia()),
        several(settings.codesOfConduct()));
  }

  private static void country(List<String> faults, String name, Optional<String> code) {
    code.filter(one -> !Countries.isKnown(one))
        .ifPresent(one -> faults.add(setting(name) + " is no country of ISO 3166-1 (alpha-2)"));
  }

  private static String setting(String name) {
    return "the setting tallystick.register." + name;
  }

  // What is said of the tenant itself goes before what is said of all.
  private static @Nullable String first(@Nullable String ofTenant, Optional<String> ofAll) {
    return ofTenant == null ? text(ofAll) : ofTenant;
  }

  private static @Nullable String text(Optional<String> said) {
    return said.map(String::strip).filter(text -> !text.isEmpty()).orElse(null);
  }

  private static List<String> several(Optional<String> said) {
    return said.stream()
        .flatMap(text -> Arrays.stream(text.split(";", -1)))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
