package io.tallystick.tenancy;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The repositories of this package; used inside {@link Transactions#as} only. */
final class Repositories {
  private Repositories() {}

  /** Tenants. */
  @ApplicationScoped
  static class Tenants implements PanacheRepositoryBase<TenantEntity, Long> {}

  /** Clients. */
  @ApplicationScoped
  static class ClientRows implements PanacheRepositoryBase<ClientEntity, ClientEntity.Key> {
    List<ClientEntity> of(long tenant) {
      return list("tenant = ?1 order by name", tenant);
    }
  }

  /** Tokens. */
  @ApplicationScoped
  static class TokenRows implements PanacheRepositoryBase<ApiTokenEntity, ApiTokenEntity.Key> {
    /** Those that a provisioning file named and that were not revoked. */
    List<ApiTokenEntity> liveOf(long tenant) {
      return list("tenant = ?1 and revokedAt is null and origin = 'file'", tenant);
    }
  }
}
