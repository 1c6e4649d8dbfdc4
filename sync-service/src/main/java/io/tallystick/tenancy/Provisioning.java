package io.tallystick.tenancy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.tenancy.ProvisioningFile.Client;
import io.tallystick.tenancy.ProvisioningFile.Judged;
import io.tallystick.tenancy.ProvisioningFile.Tenant;
import io.tallystick.tenancy.Repositories.ClientRows;
import io.tallystick.tenancy.Repositories.Tenants;
import io.tallystick.tenancy.Repositories.TokenRows;
import io.tallystick.web.Json;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the file of the setting {@code tallystick.provisioning-file} names, each time the
 * service starts; doing it again changes nothing. The file is the whole truth about its own tokens
 * of the tenants it names: a live one that it no longer holds is revoked, and a revoked one is
 * never brought back. Tokens that tenants made by the API are theirs.
 */
@ApplicationScoped
public class Provisioning {
  /** After the database is known to be safe, before anything is answered. */
  public static final int PRIORITY = 200;

  private static final Logger LOG = Logger.getLogger(Provisioning.class);
  private static final long LOCK = Digests.key63("tallystick/provisioning");

  private final @Nullable Path file;
  private final ObjectMapper json;
  private final Transactions transactions;
  private final Tenants tenants;
  private final ClientRows clients;
  private final TokenRows tokens;

  Provisioning(
      @ConfigProperty(name = "tallystick.provisioning-file") Optional<Path> file,
      ObjectMapper json,
      Transactions transactions,
      Tenants tenants,
      ClientRows clients,
      TokenRows tokens) {
    this.file = file.orElse(null);
    this.json = json;
    this.transactions = transactions;
    this.tenants = tenants;
    this.clients = clients;
    this.tokens = tokens;
  }

  /** A provisioning file that cannot be used; the message lists every fault. */
  public static final class Refused extends IllegalStateException {
    Refused(Path file, List<String> faults) {
      super("provisioning file " + file.getFileName() + ": " + String.join("; ", faults));
    }
  }

  void start(@Observes @Priority(PRIORITY) StartupEvent start) {
    if (file != null) {
      apply(file);
    }
  }

  /** Makes what the file names; throws {@link Refused}, and changes nothing, when it is bad. */
  public void apply(Path file) {
    Judged judged = read(file).judge();
    if (!judged.faults().isEmpty()) {
      throw new Refused(file, judged.faults());
    }
    for (Tenant tenant : judged.tenants()) {
      transactions.as(tenantId(tenant.name()), tx -> apply(file, tx, tenant));
    }
  }

  /** The id of the tenant of this name. */
  public static long tenantId(String name) {
    return Digests.key63("tallystick/tenant/1", name);
  }

  private ProvisioningFile read(Path file) {
    try {
      return json.readValue(Files.readAllBytes(file), ProvisioningFile.class);
    } catch (JsonMappingException e) {
      throw new Refused(file, List.of(Json.path(e) + ": is unknown or has the wrong form"));
    } catch (IOException e) {
      throw new Refused(file, List.of("cannot be read as JSON"));
    }
  }

  private boolean apply(Path file, TenantTx tx, Tenant tenant) throws SQLException {
    // Nodes that start together take turns; the second finds everything there.
    tx.lock(LOCK);
    Instant now = tx.now();
    applyTenant(tx.tenant(), tenant, now);
    Set<Long> kept = new HashSet<>();
    for (int i = 0; i < tenant.clients().size(); i++) {
      Client client = tenant.clients().get(i);
      long id = Digests.key63("tallystick/client/1", tx.tenant(), client.name());
      if (!applyClient(tx.tenant(), id, client, now)) {
        throw new Refused(
            file,
            List.of(
                "tenant "
                    + tenant.name()
                    + ", clients["
                    + i
                    + "]: role or purpose differs from"
                    + " what is recorded; give a client with other rights another name"));
      }
      kept.add(applyToken(tx.tenant(), id, client, now));
    }
    tokens.liveOf(tx.tenant()).stream()
        .filter(token -> !kept.contains(token.token))
        .forEach(token -> token.revokedAt = now);
    return true;
  }

  private void applyTenant(long id, Tenant tenant, Instant now) {
    TenantEntity known = tenants.findById(id);
    if (known == null) {
      TenantEntity row = new TenantEntity();
      row.tenant = id;
      row.name = tenant.name();
      row.environments = tenant.environments().toArray(String[]::new);
      row.createdAt = now;
      tenants.persistAndFlush(row);
    } else if (!Arrays.asList(known.environments).equals(tenant.environments())) {
      known.environments = tenant.environments().toArray(String[]::new);
    }
  }

  private boolean applyClient(long tenant, long id, Client client, Instant now) {
    ClientEntity known = clients.findById(new ClientEntity.Key(tenant, id));
    if (known != null) {
      return known.role.equals(client.role().code()) && known.purpose.equals(client.purpose());
    }
    ClientEntity row = new ClientEntity();
    row.tenant = tenant;
    row.client = id;
    row.name = client.name();
    row.role = client.role().code();
    row.purpose = client.purpose();
    row.createdAt = now;
    clients.persistAndFlush(row);
    return true;
  }

  private long applyToken(long tenant, long clientId, Client client, Instant now) {
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
    } else if (known.revokedAt != null) {
      LOG.warnf("client %s: its token was revoked and stays so; make a new one", client.name());
    }
    return id;
  }
}
