package io.tallystick.consent;

import io.tallystick.consent.Consents.Consent;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Consents as documents that a holder can take away and other systems understand. */
@ApplicationScoped
public class PortableConsents {
  private final Consents consents;
  private final Receipts receipts;
  private final Statements statements;
  private final Event<AccountsAsked> accounts;

  PortableConsents(
      Consents consents, Receipts receipts, Statements statements, Event<AccountsAsked> accounts) {
    this.consents = consents;
    this.receipts = receipts;
    this.statements = statements;
    this.accounts = accounts;
  }

  /** JSON-LD documents by the consents' public ids, in order of id; the receipts are within. */
  public Map<String, String> of(TenantTx tx, long holder) throws SQLException {
    Map<String, String> documents = new LinkedHashMap<>();
    for (Consent one : consents.of(tx, holder)) {
      documents.put(PublicIds.consent(holder, one.id()), of(tx, one));
    }
    return documents;
  }

  /** The JSON-LD document of a consent, the receipts within. */
  String of(TenantTx tx, Consent one) throws SQLException {
    AccountsAsked asked = new AccountsAsked(tx, one.holder(), one.id(), one.terms().domains());
    accounts.fire(asked);
    return PortableConsent.of(
        one,
        new PortableConsent.Around(
            tx.tenant(),
            consents.versions(tx, one.holder(), one.arrangement()),
            receipts.of(tx, one.holder(), one.id()),
            statements.of(tx, one),
            asked.told()));
  }

  /** The key by which the receipts are signed, as {@code name+id+base64}. */
  public String verifier() {
    return receipts.verifier().text();
  }
}
