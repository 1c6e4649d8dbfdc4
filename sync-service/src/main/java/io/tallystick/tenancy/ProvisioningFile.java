package io.tallystick.tenancy;

import io.tallystick.kernel.Countries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to be there: tenants, their clients and the digests of their tokens.
 * Members are read leniently and then judged together, so that all faults are told at once.
 */
record ProvisioningFile(@Nullable List<@Nullable TenantPart> tenants) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Pattern LINE = Pattern.compile("[^\\x00-\\x1f\\x7f]{1,500}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** A tenant, where its connections may live, and what is said of it as the controller. */
  record TenantPart(
      @Nullable String name,
      @Nullable List<@Nullable String> environments,
      @Nullable String country,
      @Nullable String contact,
      @Nullable String address,
      @Nullable String lawfulBasis,
      @Nullable List<@Nullable ClientPart> clients) {}

  /** A client; {@code token_sha256} is lower-case hex. */
  record ClientPart(
      @Nullable String name,
      @Nullable String role,
      @Nullable String purpose,
      @Nullable String country,
      @Nullable String contact,
      @Nullable String address,
      @Nullable String tokenSha256,
      @Nullable Instant expiresAt) {}

  /** A tenant that is in order. */
  record Tenant(
      String name,
      List<String> environments,
      Place place,
      @Nullable String lawfulBasis,
      List<Client> clients) {}

  /** A client that is in order. */
  record Client(
      String name,
      Role role,
      String purpose,
      Place place,
      String tokenSha256,
      @Nullable Instant expiresAt) {}

  /** Where somebody is, and how to reach him; null is what the file does not say. */
  record Place(@Nullable String country, @Nullable String contact, @Nullable String address) {}

  /** What is in the file, or what is wrong with it. */
  record Judged(List<Tenant> tenants, List<String> faults) {}

  Judged judge() {
    List<String> faults = new ArrayList<>();
    List<Tenant> good = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    List<@Nullable TenantPart> parts = tenants == null ? List.of() : tenants;
    if (parts.isEmpty()) {
      faults.add("tenants: name at least one");
    }
    for (int i = 0; i < parts.size(); i++) {
      String at = "tenants[" + i + "]";
      TenantPart part = parts.get(i);
      if (part == null) {
        faults.add(at + ": must be an object");
        continue;
      }
      String name = text(faults, at + ".name", part.name(), NAME);
      unique(faults, at + ".name", name, names);
      List<String> environments = environments(faults, at, part);
      Place place = place(faults, at, part.country(), part.contact(), part.address());
      String basis = part.lawfulBasis();
      if (basis != null && !LawfulBasis.codes().contains(basis)) {
        faults.add(at + ".lawful_basis: must be one of " + String.join(", ", LawfulBasis.codes()));
      }
      good.add(new Tenant(name, environments, place, basis, clients(faults, at, part, tokens)));
    }
    return new Judged(good, List.copyOf(faults));
  }

  private static List<String> environments(List<String> faults, String at, TenantPart part) {
    List<@Nullable String> given = part.environments() == null ? List.of() : part.environments();
    if (given.isEmpty()) {
      faults.add(at + ".environments: name at least one");
    }
    List<String> environments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      environments.add(text(faults, at + ".environments[" + i + "]", given.get(i), WORD));
    }
    return environments;
  }

  private static List<Client> clients(
      List<String> faults, String tenantAt, TenantPart tenant, Set<String> tokens) {
    List<@Nullable ClientPart> parts = tenant.clients() == null ? List.of() : tenant.clients();
    List<Client> good = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      String at = tenantAt + ".clients[" + i + "]";
      ClientPart part = parts.get(i);
      if (part == null) {
        faults.add(at + ": must be an object");
        continue;
      }
      String name = text(faults, at + ".name", part.name(), NAME);
      unique(faults, at + ".name", name, names);
      Role role = part.role() == null ? null : Role.of(part.role());
      String purpose = text(faults, at + ".purpose", part.purpose(), WORD);
      String token = text(faults, at + ".token_sha256", part.tokenSha256(), SHA256);
      unique(faults, at + ".token_sha256", token, tokens);
      if (role == null) {
        faults.add(at + ".role: must be owner, tracker, accountant, compliance or operator");
      } else {
        good.add(
            new Client(
                name,
                role,
                purpose,
                place(faults, at, part.country(), part.contact(), part.address()),
                token,
                part.expiresAt()));
      }
    }
    return good;
  }

  private static Place place(
      List<String> faults,
      String at,
      @Nullable String country,
      @Nullable String contact,
      @Nullable String address) {
    if (country != null && !Countries.isKnown(country)) {
      faults.add(at + ".country: must be a code of ISO 3166-1 (alpha-2)");
    }
    return new Place(
        country,
        optional(faults, at + ".contact", contact),
        optional(faults, at + ".address", address));
  }

  private static @Nullable String optional(List<String> faults, String at, @Nullable String value) {
    return value == null ? null : text(faults, at, value, LINE);
  }

  private static String text(
      List<String> faults, String at, @Nullable String value, Pattern pattern) {
    if (value != null && pattern.matcher(value).matches()) {
      return value;
    }
    faults.add(at + ": must match " + pattern.pattern());
    return "";
  }

  private static void unique(List<String> faults, String at, String value, Set<String> seen) {
    if (!value.isEmpty() && !seen.add(value)) {
      faults.add(at + ": is given twice");
    }
  }
}
