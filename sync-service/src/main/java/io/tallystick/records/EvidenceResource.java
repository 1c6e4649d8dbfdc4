package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.consent.Reads;
import io.tallystick.evidence.Evidence;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Raw records, exactly as they came. */
@Path("/v1/evidence")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Records")
public class EvidenceResource {
  private static final String ROUTE = "GET /v1/evidence/{evidence}";
  // What streams are called that are export files.
  private static final String FILE = "export-";

  private final Reads reads;
  private final Transactions transactions;
  private final Connections connections;
  private final Evidence evidence;
  private final StreamDomains domains;
  private final CurrentCaller current;

  EvidenceResource(
      Reads reads,
      Transactions transactions,
      Connections connections,
      Evidence evidence,
      StreamDomains domains,
      CurrentCaller current) {
    this.reads = reads;
    this.transactions = transactions;
    this.connections = connections;
    this.evidence = evidence;
    this.domains = domains;
    this.current = current;
  }

  /**
   * A raw record.
   *
   * @param stream the source inside the venue, and the part of it, such as a symbol
   * @param revision 1 for the first content; more when the venue changed the record
   * @param pull the access-log leaf of the call that brought it
   * @param contentSha256 SHA-256 of the record's bytes, hexadecimal
   * @param encoding how {@code content} holds the bytes: {@code utf-8}, else {@code base64}
   */
  @Schema(name = "Evidence", description = "One raw record, byte for byte as the venue gave it.")
  public record EvidenceView(
      String id,
      String connection,
      String stream,
      @Nullable String partition,
      int revision,
      Instant receivedAt,
      String pull,
      @Schema(name = "content_sha256") String contentSha256,
      @Schema(enumeration = {"utf-8", "base64"}) String encoding,
      String content) {}

  private record Source(long connection, Instant about, Set<Domain> domains) {}

  /** One raw record. */
  @GET
  @Path("{evidence}")
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "getEvidence",
      summary = "Read a raw record exactly as the venue gave it, with its origin")
  @APIResponse(responseCode = "200", description = "The record.")
  public EvidenceView record(@PathParam("evidence") String id) {
    Caller caller = current.get();
    PublicIds.Timed key = PublicIds.orNotFound(PublicIds.evidence(id));
    Source source = transactions.as(caller.tenant(), tx -> source(tx, key));
    return reads.read(
        caller,
        ROUTE,
        PublicIds.holder(key.holder()),
        PublicIds.connection(key.holder(), source.connection()),
        source.domains(),
        (tx, permits) -> {
          boolean open =
              permits.stream()
                  .flatMap(permit -> permit.connections().stream())
                  .anyMatch(covered -> !covered.earliest().isAfter(source.about()));
          Evidence.Original record = open ? evidence.read(tx, key.holder(), key.id()) : null;
          return new Reads.Served<>(view(key.holder(), PublicIds.orNotFound(record)), 1);
        });
  }

  // What the record is about decides which consent is asked for, before anything is opened.
  private Source source(TenantTx tx, PublicIds.Timed key) throws SQLException {
    record Origin(long connection, String stream, Instant receivedAt) {}
    Origin origin =
        PublicIds.orNotFound(
            tx.sql(
                    """
                    select connection_id, stream, received_at from evidence
                    where tenant_id = ? and holder_id = ? and evidence_id = ?
                    """)
                .bind(tx.tenant(), key.holder(), key.id())
                .first(row ->
                    new Origin(
                        row.getLong(1),
                        row.getString(2),
                        row.getObject(3, java.time.OffsetDateTime.class).toInstant())));
    Link link = PublicIds.orNotFound(connections.find(tx, key.holder(), origin.connection()));
    Instant about = about(key.id(), origin.receivedAt());
    Domain domain = domains.find(link.venue(), origin.stream());
    // A file holds records of many kinds: a row is of the kind of the entry that it tells of.
    Set<Domain> any =
        domain != null
            ? Set.of(domain)
            : origin.stream().startsWith(FILE)
                ? RevisionRows.domains(tx, key.holder(), key.id(), about)
                : Set.of();
    if (any.isEmpty()) {
      throw new Problem(
          Problem.Kind.CONSENT_MISSING,
          "This record is from a source that this version does not read, so no consent is known to"
              + " cover it.");
    }
    return new Source(origin.connection(), about, any);
  }

  // The id begins with the record's own second; a record that has none counts from its arrival.
  private static Instant about(UUID id, Instant receivedAt) {
    long millis = id.getMostSignificantBits() >>> 16;
    return millis == 0 ? receivedAt : Instant.ofEpochMilli(millis);
  }

  private static EvidenceView view(long holder, Evidence.Original record) {
    String text = text(record.bytes());
    return new EvidenceView(
        PublicIds.evidence(holder, record.id()),
        PublicIds.connection(holder, record.connection()),
        record.stream(),
        record.partition().isEmpty() ? null : record.partition(),
        record.revision(),
        record.receivedAt(),
        PublicIds.leaf(holder, record.leaf()),
        HexFormat.of().formatHex(Digests.sha256(record.bytes())),
        text == null ? "base64" : "utf-8",
        text == null ? Base64.getEncoder().encodeToString(record.bytes()) : text);
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
