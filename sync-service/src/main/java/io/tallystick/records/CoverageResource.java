package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.tenancy.Role;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What this version reads of each venue: the same for everybody, and about nobody. */
@Path("/v1/coverage")
@RunOnVirtualThread
@Tag(name = "Balances")
public class CoverageResource {
  /** Made by the framework. */
  public CoverageResource() {}

  /**
   * One source, or records that are not read yet.
   *
   * @param stream null where this version reads none
   * @param mapping which version of the reading rules is in force; null where none is
   */
  @Schema(name = "CoverageRow", description = "One source of a venue and what it owes its readers.")
  public record CoverageRow(
      String venue,
      String domain,
      @Nullable String stream,
      List<String> endpoints,
      String records,
      @Nullable Integer mapping,
      String proof,
      String horizon,
      String check,
      String files,
      String sources) {}

  /** The whole table, in the order in which a first run reads. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT,
    Role.Names.COMPLIANCE,
    Role.Names.OPERATOR,
    Role.Names.OWNER
  })
  @Operation(
      operationId = "listCoverage",
      summary = "List what this version reads of each venue, and what proves that it is whole")
  @APIResponse(responseCode = "200", description = "The whole table.")
  public Page<CoverageRow> list() {
    List<CoverageRow> rows = new ArrayList<>();
    for (Venue venue : ServiceLoader.load(Venue.class)) {
      venue.streams().forEach(stream -> rows.add(row(venue, stream)));
      venue.unread().forEach(one -> rows.add(absent(venue, one.domain(), one.coverage())));
      for (Domain domain : Domain.values()) {
        if (venue.streams().stream().noneMatch(stream -> stream.domain() == domain)) {
          rows.add(absent(venue, domain, Coverage.NOT_READ));
        }
      }
    }
    return Page.whole(rows);
  }

  private static CoverageRow row(Venue venue, Stream stream) {
    Coverage coverage = stream.coverage();
    return new CoverageRow(
        venue.id(),
        stream.domain().code(),
        stream.name(),
        stream.endpoints().stream().map(Endpoint::toString).toList(),
        coverage.records(),
        stream.mappingVersion(),
        coverage.proof(),
        coverage.horizon(),
        coverage.check(),
        coverage.files(),
        coverage.sources());
  }

  private static CoverageRow absent(Venue venue, Domain domain, Coverage none) {
    return new CoverageRow(
        venue.id(),
        domain.code(),
        null,
        List.of(),
        none.records(),
        null,
        none.proof(),
        none.horizon(),
        none.check(),
        none.files(),
        none.sources());
  }
}
