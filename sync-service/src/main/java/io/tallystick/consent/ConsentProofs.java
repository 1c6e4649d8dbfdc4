package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** Gives out the signed receipts of consents, for what was made by their leave. */
@ApplicationScoped
public class ConsentProofs {
  private final Receipts receipts;

  ConsentProofs(Receipts receipts) {
    this.receipts = receipts;
  }

  /**
   * Receipts as signed notes.
   *
   * @param verifier the key that signs them, as the service tells it
   */
  public record Signed(String verifier, List<String> notes) {
    public Signed {
      notes = List.copyOf(notes);
    }
  }

  /** These consents and all other versions of their arrangements, in order. */
  public SortedSet<Long> versions(TenantTx tx, long holder, Collection<Long> consents)
      throws SQLException {
    return ConsentStore.versions(tx, holder, consents);
  }

  /** The receipts of steps that were taken by an instant, consent by consent, in order. */
  public Signed of(TenantTx tx, long holder, Collection<Long> consents, Instant until)
      throws SQLException {
    List<String> notes = new ArrayList<>();
    for (long consent : consents) {
      receipts.of(tx, holder, consent).stream()
          .filter(one -> !one.at().isAfter(until))
          .forEach(one -> notes.add(one.note()));
    }
    return new Signed(receipts.verifier().text(), notes);
  }
}
