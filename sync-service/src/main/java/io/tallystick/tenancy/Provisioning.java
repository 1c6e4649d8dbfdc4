package io.tallystick.tenancy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Digests;
import io.tallystick.tenancy.ProvisioningFile.Judged;
import io.tallystick.tenancy.ProvisioningFile.Tenant;
import io.tallystick.web.Json;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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

  private final @Nullable Path file;
  private final ObjectMapper json;
  private final Transactions transactions;
  private final ProvisionedTenant tenants;

  Provisioning(
      @ConfigProperty(name = "tallystick.provisioning-file") Optional<Path> file,
      ObjectMapper json,
      Transactions transactions,
      ProvisionedTenant tenants) {
    this.file = file.orElse(null);
    this.json = json;
    this.transactions = transactions;
    this.tenants = tenants;
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
      transactions.as(tenantId(tenant.name()), tx -> tenants.apply(file, tx, tenant));
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
}
