package io.tallystick.consent;

import io.tallystick.consent.Consents.Consent;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** All consents of a holder as documents that he can take away. */
@ApplicationScoped
public class PortableConsents {
  private final Consents consents;
  private final Receipts receipts;
  private final Controllers controllers;

  PortableConsents(Consents consents, Receipts receipts, Controllers controllers) {
    this.consents = consents;
    this.receipts = receipts;
    this.controllers = controllers;
  }

  /** JSON-LD documents by the consents' public ids, in order of id; the receipts are within. */
  public Map<String, String> of(TenantTx tx, long holder) throws SQLException {
    Map<String, String> documents = new LinkedHashMap<>();
    for (Consent one : consents.of(tx, holder)) {
      documents.put(
          PublicIds.consent(holder, one.id()),
          PortableConsent.of(
              one,
              consents.versions(tx, holder, one.arrangement()),
              receipts.of(tx, holder, one.id()),
              controllers.of(tx)));
    }
    return documents;
  }

  /** The key by which the receipts are signed, as {@code name+id+base64}. */
  public String verifier() {
    return receipts.verifier().text();
  }
}
