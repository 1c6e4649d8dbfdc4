package io.tallystick.boot;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Every setting of ours, once: what is not in this table is refused at start, and the table in
 * {@code deploy/} is compared with it.
 */
public final class SettingsTable {
  /** All of them, in the order in which they are documented. */
  public static final List<Setting> ALL =
      List.of(
          new Setting("tallystick.data", "data", "Folder of key store and embedded database."),
          new Setting(
              "tallystick.database.owner-username",
              "",
              "Role that owns the schema; given, migrations run at start."),
          new Setting("tallystick.database.owner-password", "", "Its password."),
          new Setting("tallystick.behind-proxy", "false", "A proxy in front ends TLS."),
          new Setting(
              "tallystick.provisioning-file", "", "Tenants, clients and token digests to apply."),
          new Setting("tallystick.vault.master-key", "", "Master key, 32 bytes in base64."),
          new Setting("tallystick.vault.master-key-file", "", "Owner-only file that holds it."),
          new Setting(
              "tallystick.vault.former-master-key-file",
              "",
              "Owner-only file with the master key that is being replaced."),
          new Setting("tallystick.vault.keystore", "${tallystick.data}/keystore", "Key store."),
          new Setting(
              "tallystick.vault.rotate-keys-after",
              "P365D",
              "How long a data key seals before a new one takes its place; PT0S for ever."),
          new Setting(
              "tallystick.access.origin",
              "tallystick/access-log",
              "Name of the access log and of its key in checkpoints."),
          new Setting(
              "tallystick.access.seal-interval",
              "PT1S",
              "How often the access log is sealed while anything happens."),
          new Setting(
              "tallystick.access.signer-state",
              "${tallystick.data}/access-log.signed",
              "Last signed checkpoint; keep it outside the database and its backups."),
          new Setting(
              "tallystick.access.checkpoint-file",
              "",
              "File to which every checkpoint is appended."),
          new Setting(
              "tallystick.retention.erasure-list",
              "${tallystick.data}/erasures.list",
              "Erasures that were asked for; keep it outside all backups, as it is."),
          new Setting(
              "tallystick.register.lawful-basis",
              "consent",
              "On what the processing rests: consent, contract, legal-obligation, vital-interest,"
                  + " public-interest or legitimate-interest."),
          new Setting(
              "tallystick.register.contact", "", "How to reach whoever answers for the data."),
          new Setting("tallystick.register.address", "", "His postal address."),
          new Setting("tallystick.register.country", "", "His country (ISO 3166-1 alpha-2)."),
          new Setting(
              "tallystick.register.storage",
              "",
              "Where the data is kept; semicolons between several places."),
          new Setting(
              "tallystick.register.transfers",
              "",
              "Transfers to other countries and their guarantees; none if none."),
          new Setting(
              "tallystick.register.withdrawal-url",
              "",
              "A page on which a holder can withdraw; https, or http on loopback."),
          new Setting("tallystick.register.rights", "", "Where a holder finds his rights."),
          new Setting("tallystick.register.authority", "", "To which authority he can complain."),
          new Setting("tallystick.register.dpia", "", "Name of the impact assessment."),
          new Setting(
              "tallystick.register.codes-of-conduct",
              "",
              "Codes of conduct that are followed; semicolons between several."),
          new Setting(
              "tallystick.register.processors.*.name",
              "",
              "Name of who works on the data for whoever answers for it."),
          new Setting(
              "tallystick.register.processors.*.role", "", "What it does, such as hosting."),
          new Setting("tallystick.register.processors.*.contact", "", "How to reach it."),
          new Setting("tallystick.register.processors.*.address", "", "Its postal address."),
          new Setting(
              "tallystick.register.processors.*.country", "", "Its country (ISO 3166-1 alpha-2)."),
          new Setting(
              "tallystick.register.purposes.*.text",
              "",
              "The words in which holders are shown a purpose."),
          new Setting(
              "tallystick.register.purposes.*.category",
              "",
              "The purpose's term in the W3C Data Privacy Vocabulary."),
          new Setting(
              "tallystick.register.purposes.*.necessary",
              "",
              "Whether what the holder asked for cannot be done without it."),
          new Setting(
              "tallystick.retention.enforce",
              "true",
              "Erase what is due; without it, it is only reported."),
          new Setting("tallystick.egress.address", "default", "Name of the egress address."),
          new Setting(
              "tallystick.egress.share", "0.70", "Part of each venue limit that may be used."),
          new Setting(
              "tallystick.egress.reserve", "0.05", "Part of it lent out until balances want it."),
          new Setting("tallystick.egress.patience", "PT10S", "How long a call waits for budget."),
          new Setting("tallystick.egress.clock-refresh", "PT1M", "Age a clock reading may have."),
          new Setting("tallystick.egress.clock-guard", "PT1S", "Offset change that is a jump."),
          new Setting("tallystick.egress.connect-timeout", "PT5S", "Time to open a connection."),
          new Setting("tallystick.egress.call-timeout", "PT30S", "Time for one request."),
          new Setting("tallystick.egress.body-limit", "16777216", "Largest answer, in bytes."),
          new Setting("tallystick.egress.tries", "4", "Tries when trouble is passing."),
          new Setting("tallystick.egress.retry-for", "PT1M", "Time in which they are made."),
          new Setting("tallystick.egress.parallel", "6", "Requests at once to one host."),
          new Setting(
              "tallystick.egress.checkpoint-url",
              "",
              "Address beneath which every signed checkpoint of the access log is put."),
          new Setting(
              "tallystick.venues.*.sandbox-url", "", "Adds the environment sandbox to a venue."),
          new Setting(
              "tallystick.rates.from",
              "off",
              "Where the ECB's reference rates are loaded from: production, sandbox or off."),
          new Setting("tallystick.sync.interval", "PT15M", "How often each connection is read."),
          new Setting("tallystick.sync.live", "true", "Listen to what venues tell at once."),
          new Setting(
              "tallystick.sync.sweep", "400", "Markets without evidence that one run asks."),
          new Setting("tallystick.sync.keep-runs", "P90D", "How long sync runs can be looked at."),
          new Setting(
              "tallystick.feed.rest",
              "PT2S",
              "How often the feed looks for changes that a process left which died."),
          new Setting(
              "tallystick.connection.allow-unverifiable",
              "",
              "Environments where keys of unknown rights are accepted."),
          new Setting(
              "tallystick.connection.egress-address",
              "",
              "Our public address, shown to holders for key restrictions."),
          new Setting(
              "tallystick.connection.offer-life",
              "PT24H",
              "How long a key pair made here waits for its API key."),
          new Setting(
              "tallystick.connection.key-overlap",
              "PT1H",
              "How long a former key stays known beside a new one."),
          new Setting(
              "tallystick.connection.key-age",
              "P180D",
              "After how long a holder is advised to make a new key."));

  private SettingsTable() {}

  /**
   * One setting.
   *
   * @param name dotted; {@code *} stands for one segment
   * @param standard what holds when it is not given; empty when nothing does
   */
  public record Setting(String name, String standard, String meaning) {
    /** The name of the environment variable that sets it. */
    public String variable() {
      return SettingsTable.variable(name);
    }

    private Pattern pattern(String text, String wild) {
      return Pattern.compile(Pattern.quote(text).replace("*", "\\E" + wild + "\\Q"));
    }

    boolean is(String given) {
      return pattern(name, "[^.]+").matcher(given.replaceAll("\\[\\d+]$", "")).matches();
    }

    boolean isVariable(String given) {
      return pattern(variable(), "[A-Z0-9_]+").matcher(given).matches();
    }
  }

  /** The environment variable that sets what has this dotted name. */
  static String variable(String name) {
    return name.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
  }

  static boolean knows(String name) {
    return ALL.stream().anyMatch(setting -> setting.is(name));
  }

  static boolean knowsVariable(String name) {
    return ALL.stream().anyMatch(setting -> setting.isVariable(name));
  }
}
