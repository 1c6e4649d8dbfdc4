package io.tallystick.consent;

import io.tallystick.consent.Consents.Terms;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.venue.Domain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What requests ask a consent to allow, read as terms. */
final class AskedTerms {
  private AskedTerms() {}

  /** The terms; a problem that names the field where one is not to be read. */
  static Terms terms(
      List<String> recipients,
      List<String> purposes,
      List<String> domains,
      int lookBackDays,
      Instant expiresAt,
      DurationKind duration,
      String jurisdiction) {
    List<Long> clients = new ArrayList<>();
    for (String recipient : distinct("recipients", recipients)) {
      Long client = PublicIds.client(recipient);
      if (client == null) {
        throw Problem.invalid("recipients", "Each recipient must be the id of a client of yours.");
      }
      clients.add(client);
    }
    List<Domain> known = new ArrayList<>();
    for (int i = 0; i < domains.size(); i++) {
      int at = i;
      known.add(
          Domain.of(domains.get(i))
              .orElseThrow(() ->
                  Problem.invalid("domains[" + at + "]", "There is no such kind of record here.")));
    }
    return new Terms(
        clients,
        distinct("purposes", purposes),
        distinct("domains", known),
        lookBackDays,
        expiresAt,
        duration,
        jurisdiction);
  }

  private static <T> List<T> distinct(String field, List<T> values) {
    if (values.stream().distinct().count() < values.size()) {
      throw Problem.invalid(field, "Name each only once.");
    }
    return values;
  }
}
