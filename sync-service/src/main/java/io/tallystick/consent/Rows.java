package io.tallystick.consent;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.tallystick.kernel.PublicIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The repositories of this package; used inside a tenant's transaction only. */
final class Rows {
  private Rows() {}

  /** Holders, in order of id. */
  @ApplicationScoped
  static class HolderRows implements PanacheRepositoryBase<HolderEntity, HolderEntity.Key> {
    @Nullable HolderEntity find(long tenant, long holder) {
      return findById(new HolderEntity.Key(tenant, holder));
    }

    List<HolderEntity> after(long tenant, long holder, int limit) {
      return find("tenant = ?1 and holder > ?2 order by holder", tenant, holder)
          .page(0, limit)
          .list();
    }

    /** Only holders of whom a consent that is active at this instant names the client. */
    List<HolderEntity> namingAfter(long tenant, long client, Instant now, long holder, int limit) {
      return find(
              """
              from HolderEntity h where h.tenant = ?1 and h.holder > ?2 and exists (
                select 1 from ConsentEntity c where c.tenant = h.tenant and c.holder = h.holder
                  and c.state = 'active' and c.expiresAt > ?3 and array_contains(c.recipients, ?4))
              order by h.holder
              """,
              tenant,
              holder,
              now,
              client)
          .page(0, limit)
          .list();
    }
  }

  /** Consents, in order of holder and id. */
  @ApplicationScoped
  static class ConsentRows implements PanacheRepositoryBase<ConsentEntity, ConsentEntity.Key> {
    @Nullable ConsentEntity find(long tenant, long holder, long consent) {
      return findById(new ConsentEntity.Key(tenant, holder, consent));
    }

    @Nullable ConsentEntity findToChange(long tenant, long holder, long consent) {
      return findById(
          new ConsentEntity.Key(tenant, holder, consent), LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * The consent that a step is for. Whoever withdraws a version that was replaced, which is the
     * one that he has the id of, withdraws what stands in its place.
     */
    @Nullable ConsentEntity findToStep(ConsentStep step, long tenant, long holder, long consent) {
      ConsentEntity row = findToChange(tenant, holder, consent);
      boolean ends = step == ConsentStep.WITHDRAW;
      while (ends && row != null && row.state.equals(ConsentState.SUPERSEDED.code())) {
        row =
            find("tenant = ?1 and holder = ?2 and replaces = ?3", tenant, holder, row.consent)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
      }
      return row;
    }

    /** All of a holder, in order of id. */
    List<ConsentEntity> of(long tenant, long holder) {
      return list("tenant = ?1 and holder = ?2 order by consent", tenant, holder);
    }

    /** Those that may still change. */
    List<ConsentEntity> open(long tenant, long holder) {
      return list(
          "tenant = ?1 and holder = ?2 and state in ('requested', 'active', 'paused')"
              + " order by consent",
          tenant,
          holder);
    }

    List<ConsentEntity> ofArrangement(long tenant, long holder, long arrangement) {
      return list(
          "tenant = ?1 and holder = ?2 and arrangement = ?3 order by version",
          tenant,
          holder,
          arrangement);
    }

    /**
     * Consents behind a position.
     *
     * @param only one holder's; null for all
     * @param recipient only those that name this client; null for all
     */
    List<ConsentEntity> after(
        long tenant,
        @Nullable Long only,
        @Nullable Long recipient,
        PublicIds.Keyed position,
        int limit) {
      Parameters parameters =
          Parameters.with("tenant", tenant)
              .and("holder", position.holder())
              .and("consent", position.key());
      String query =
          "tenant = :tenant and (holder > :holder or (holder = :holder and consent > :consent))";
      if (only != null) {
        query += " and holder = :only";
        parameters = parameters.and("only", only);
      }
      if (recipient != null) {
        query += " and array_contains(recipients, :recipient)";
        parameters = parameters.and("recipient", recipient);
      }
      return find(query + " order by holder, consent", parameters).page(0, limit).list();
    }
  }
}
