package io.tallystick.tenancy;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.ProvisioningFile.Client;
import io.tallystick.tenancy.ProvisioningFile.Place;
import io.tallystick.tenancy.ProvisioningFile.Tenant;
import io.tallystick.tenancy.Repositories.ClientRows;
import io.tallystick.tenancy.Repositories.Tenants;
import io.tallystick.tenancy.Repositories.TokenRows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes one tenant what the provisioning file says of it; what that changed is one entry of the
 * access log, as everything is that an owner changes by the API.
 */
@ApplicationScoped
class ProvisionedTenant {
  private static final Logger LOG = Logger.getLogger(Provisioning.class);
  private static final long LOCK = Digests.key63("tallystick/provisioning");

  private final Tenants tenants;
  private final ClientRows clients;
  private final TokenRows tokens;
  private final Event<Administered> administered;

  ProvisionedTenant(
      Tenants tenants, ClientRows clients, TokenRows tokens, Event<Administered> administered) {
    this.tenants = tenants;
    this.clients = clients;
    this.tokens = tokens;
    this.administered = administered;
  }

  /** Makes it so; throws {@link Provisioning.Refused} where the file contradicts what is there. */
  boolean apply(Path file, TenantTx tx, Tenant tenant) throws SQLException {
    // Nodes that start together take turns; the second finds everything there.
    tx.lock(LOCK);
    Instant now = tx.now();
    Changes changes = new Changes();
    applyTenant(tx.tenant(), tenant, now, changes);
    Set<Long> kept = new HashSet<>();
    for (int i = 0; i < tenant.clients().size(); i++) {
      Client client = tenant.clients().get(i);
      long id = Digests.key63("tallystick/client/1", tx.tenant(), client.name());
      if (!applyClient(tx.tenant(), id, client, now, changes)) {
        throw new Provisioning.Refused(
            file,
            List.of(
                "tenant "
                    + tenant.name()
                    + ", clients["
                    + i
                    + "]: role, purpose, country, contact or address differs from what is"
                    + " recorded; give another client another name"));
      }
      kept.add(applyToken(tx.tenant(), id, client, now, changes));
    }
    tokens.liveOf(tx.tenant()).stream()
        .filter(token -> !kept.contains(token.token))
        .forEach(token -> {
          token.revokedAt = now;
          changes.add("revoked", PublicIds.token(token.token));
        });
    if (!changes.facts.isEmpty()) {
      clients.flush();
      administered.fire(new Administered(tx, null, changes.told()));
    }
    return true;
  }

  /** What one application of the file changed, by what became of it. */
  private static final class Changes {
    final Map<String, String> facts = new TreeMap<>();

    void add(String what, String id) {
      facts.merge(what, id, (before, one) -> before + " " + one);
    }

    Map<String, String> told() {
      facts.put("act", "provisioning.applied");
      return facts;
    }
  }

  private void applyTenant(long id, Tenant tenant, Instant now, Changes changes) {
    TenantEntity known = tenants.findById(id);
    if (known == null) {
      TenantEntity row = new TenantEntity();
      row.tenant = id;
      row.name = tenant.name();
      row.environments = tenant.environments().toArray(String[]::new);
      tellController(row, tenant);
      row.createdAt = now;
      tenants.persistAndFlush(row);
      changes.add("tenant", "made");
      return;
    }
    boolean moved = !Arrays.asList(known.environments).equals(tenant.environments());
    if (moved) {
      known.environments = tenant.environments().toArray(String[]::new);
    }
    if (tellController(known, tenant) || moved) {
      changes.add("tenant", "changed");
    }
  }

  private boolean applyClient(long tenant, long id, Client client, Instant now, Changes changes) {
    ClientEntity known = clients.findById(new ClientEntity.Key(tenant, id));
    if (known != null) {
      Place before = new Place(known.country, known.contact, known.address);
      boolean fits =
          known.role.equals(client.role().code())
              && known.purpose.equals(client.purpose())
              && tellPlace(known, client.place());
      if (!before.equals(new Place(known.country, known.contact, known.address))) {
        changes.add("told", PublicIds.client(id));
      }
      return fits;
    }
    ClientEntity row = new ClientEntity();
    row.tenant = tenant;
    row.client = id;
    row.name = client.name();
    row.role = client.role().code();
    row.purpose = client.purpose();
    tellPlace(row, client.place());
    row.createdAt = now;
    clients.persistAndFlush(row);
    changes.add("clients", PublicIds.client(id));
    return true;
  }

  // As the file has it now; records of consents keep what was said in their time.
  private static boolean tellController(TenantEntity row, Tenant tenant) {
    List<@Nullable String> before = said(row);
    row.country = tenant.place().country();
    row.contact = tenant.place().contact();
    row.address = tenant.place().address();
    row.lawfulBasis = tenant.lawfulBasis();
    return !before.equals(said(row));
  }

  private static List<@Nullable String> said(TenantEntity row) {
    return Arrays.asList(row.country, row.contact, row.address, row.lawfulBasis);
  }

  // What was never said can be said later; records of consents keep what was said in their time.
  private static boolean tellPlace(ClientEntity row, Place place) {
    row.country = row.country == null ? place.country() : row.country;
    row.contact = row.contact == null ? place.contact() : row.contact;
    row.address = row.address == null ? place.address() : row.address;
    return same(row.country, place.country())
        && same(row.contact, place.contact())
        && same(row.address, place.address());
  }

  private static boolean same(@Nullable String recorded, @Nullable String said) {
    return said == null || said.equals(recorded);
  }

  private long applyToken(long tenant, long clientId, Client client, Instant now, Changes changes) {
    long id =
        Digests.key63(
            Digests.sha256(
                Frame.of(
                    "tallystick/token/1",
                    tenant,
                    clientId,
                    client.tokenSha256(),
                    client.expiresAt())));
    ApiTokenEntity known = tokens.findById(new ApiTokenEntity.Key(tenant, id));
    if (known == null) {
      ApiTokenEntity row = new ApiTokenEntity();
      row.tenant = tenant;
      row.token = id;
      row.client = clientId;
      row.hash = HexFormat.of().parseHex(client.tokenSha256());
      row.createdAt = now;
      row.expiresAt = client.expiresAt();
      tokens.persistAndFlush(row);
      changes.add("tokens", PublicIds.token(id));
    } else if (known.revokedAt != null) {
      LOG.warnf("client %s: its token was revoked and stays so; make a new one", client.name());
    }
    return id;
  }
}
