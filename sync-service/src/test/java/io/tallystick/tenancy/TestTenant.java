package io.tallystick.tenancy;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.PublicIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;

/** A tenant with one client of each role and a second tracker, made as an operator makes one. */
public record TestTenant(String name, long id) {
  /**
   * A new tenant that no other test knows. Named by chance, because a counter would begin anew with
   * each application that the tests start over the same database.
   */
  public static TestTenant fresh(Provisioning provisioning) {
    String name = "tenant-" + UUID.randomUUID();
    TestTenant tenant = new TestTenant(name, Provisioning.tenantId(name));
    StringBuilder clients = new StringBuilder();
    for (Role role : Role.values()) {
      clients.append(tenant.client(role.code(), role.code(), purpose(role))).append(',');
    }
    clients.append(tenant.client("other", "tracker", "tax"));
    provisioning.apply(
        write(
            """
            {"tenants": [{"name": "%s", "environments": ["sandbox"], "clients": [%s]}]}
            """
                .formatted(name, clients)));
    return tenant;
  }

  /** A file with this content, gone with the JVM. */
  public static Path write(String json) {
    try {
      Path file = Files.createTempFile("provisioning", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(file, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client as the provisioning file names it. */
  public String client(String client, String role, String purpose) {
    return """
    {"name": "%s", "role": "%s", "purpose": "%s", "token_sha256": "%s"}
    """
        .formatted(client, role, purpose, sha256(token(client)));
  }

  /** The token of a client. */
  public String token(String client) {
    return "tally_" + name + "_" + client;
  }

  /** The key of a client. */
  public long clientId(String client) {
    return Digests.key63("tallystick/client/1", id, client);
  }

  /** The caller that a client's token stands for. */
  public Caller caller(Role role) {
    return new Caller(id, clientId(role.code()), role, purpose(role), role.code());
  }

  /** The public id of a client. */
  public String publicClient(String client) {
    return PublicIds.client(clientId(client));
  }

  /** A request as a client. */
  public RequestSpecification as(String client) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + token(client))
        .urlEncodingEnabled(false);
  }

  /** Brings a file to a connection as the owner does, perhaps once more; the import's public id. */
  public String upload(String connection, String name, String file) {
    return as("owner")
        .header("x-file-name", name)
        .contentType("application/octet-stream")
        .body(file.getBytes(StandardCharsets.UTF_8))
        .post("/v1/connections/" + connection + "/imports")
        .then()
        .statusCode(org.hamcrest.Matchers.lessThan(300))
        .extract()
        .path("id");
  }

  /** Lower-case hex of a text's SHA-256. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String purpose(Role role) {
    return switch (role) {
      case OWNER, OPERATOR -> "administration";
      case TRACKER -> "portfolio";
      case ACCOUNTANT -> "tax";
      case COMPLIANCE -> "review";
    };
  }
}
