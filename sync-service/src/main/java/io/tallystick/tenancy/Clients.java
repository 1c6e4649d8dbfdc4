package io.tallystick.tenancy;

import io.tallystick.tenancy.Repositories.ClientRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clients of a tenant. */
@ApplicationScoped
public class Clients {
  private final ClientRows rows;

  Clients(ClientRows rows) {
    this.rows = rows;
  }

  /**
   * A client of a tenant, without anything secret.
   *
   * @param country from where it works (ISO 3166-1 alpha-2); null when nobody said
   * @param contact how to reach whoever runs it; null when nobody said
   * @param address of whoever runs it; null when nobody said
   */
  public record Client(
      long client,
      String name,
      String role,
      String purpose,
      @Nullable String country,
      @Nullable String contact,
      @Nullable String address) {}

  /** All clients of the transaction's tenant, by name. */
  public List<Client> of(TenantTx tx) {
    return rows.of(tx.tenant()).stream()
        .map(row ->
            new Client(
                row.client, row.name, row.role, row.purpose, row.country, row.contact, row.address))
        .toList();
  }

  /** Whether each of these is a client of the transaction's tenant. */
  public boolean exist(TenantTx tx, Collection<Long> clients) {
    return rows.count("tenant = ?1 and client in ?2", tx.tenant(), clients)
        == clients.stream().distinct().count();
  }
}
