package io.tallystick.reconcile;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.reconcile.BalanceViews.BalanceLine;
import io.tallystick.reconcile.BalanceViews.BalanceView;
import io.tallystick.reconcile.BalanceViews.Balances;
import io.tallystick.reconcile.BalanceViews.Placed;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import io.tallystick.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Derived balances beside reported ones. */
@Path("/v1/balances")
@RunOnVirtualThread
@Tag(name = "Balances")
public class BalancesResource {
  private static final String ROUTE = "GET /v1/balances";

  private final Reconciliation reconciliation;
  private final Worths worths;
  private final Reads reads;
  private final Cursors cursors;
  private final CurrentCaller current;

  BalancesResource(
      Reconciliation reconciliation,
      Worths worths,
      Reads reads,
      Cursors cursors,
      CurrentCaller current) {
    this.reconciliation = reconciliation;
    this.worths = worths;
    this.reads = reads;
    this.cursors = cursors;
    this.current = current;
  }

  /** Which balances; the list takes one as {@code @BeanParam}. */
  public static class Which {
    @QueryParam("holder")
    @Parameter(description = "All connections of this holder that are open to the client.")
    @Nullable String holder;

    @QueryParam("connection")
    @Parameter(description = "One connection. This or a holder is needed.")
    @Nullable String connection;

    @QueryParam("asset")
    @Parameter(description = "Only this asset.")
    @Nullable String asset;

    @QueryParam("wallet")
    @Parameter(description = "Only this wallet, for example spot.")
    @Nullable String wallet;

    @QueryParam("nonzero")
    @Parameter(
        description = "Leave out lines with nothing on either side.",
        schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
    @Nullable String nonzero;

    @QueryParam("as_of")
    @Parameter(
        description =
            "Derived balances after everything up to and including this instant; nothing is"
                + " reported of the past. Connections whose consent does not look back so far are"
                + " left out.",
        schema = @Schema(implementation = String.class, format = "date-time"))
    @Nullable String asOf;

    @QueryParam("value_in")
    @Parameter(
        description =
            "A currency such as EUR: each balance gets its value there, with price, time and"
                + " source, or is unpriced.")
    @Nullable String valueIn;

    /** Made by the framework from the query. */
    public Which() {}

    private String holderId() {
      if (holder != null) {
        return holder;
      }
      if (connection == null) {
        throw Problem.invalid("connection", "Name a connection or a holder.");
      }
      return PublicIds.holder(PublicIds.orNotFound(PublicIds.connection(connection)).holder());
    }

    private boolean onlyNonzero() {
      if (nonzero != null && !nonzero.equals("true") && !nonzero.equals("false")) {
        throw Problem.invalid("nonzero", "Write true or false.");
      }
      return "true".equals(nonzero);
    }

    private boolean takes(Line line) {
      return (asset == null || asset.equals(line.asset()))
          && (wallet == null || wallet.equals(line.wallet()))
          && (!onlyNonzero() || line.nonzero());
    }
  }

  /** A page of balances, in order of connection, wallet and asset. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listBalances",
      summary = "List derived balances beside reported ones, by connection, wallet and asset")
  @APIResponse(
      responseCode = "200",
      description = "A page of balances; as text/csv one line for each.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Balances.class)),
        @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(implementation = String.class))
      })
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Balances list(@BeanParam Which which, @BeanParam PageRequest page) {
    return read(which, page);
  }

  /** The same page as a table, for those who ask for one; others get JSON. */
  @GET
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(hidden = true)
  public Page<BalanceLine> lines(@BeanParam Which which, @BeanParam PageRequest page) {
    Balances balances = read(which, page);
    return new Page<>(
        balances.items().stream().map(BalanceViews::line).toList(), balances.nextCursor());
  }

  private Balances read(Which which, PageRequest page) {
    Caller caller = current.get();
    Instant asOf = Times.parameter("as_of", which.asOf);
    int limit = page.limit();
    Cursors.Scope scope =
        Cursors.Scope.of(
            caller.tenant(),
            ROUTE,
            which.holder,
            which.connection,
            which.asset,
            which.wallet,
            which.onlyNonzero(),
            asOf,
            which.valueIn);
    List<String> after = cursors.read(scope, page.cursor());
    Worths.currency(which.valueIn);
    List<Worths.Lack> lacks = new ArrayList<>();
    Reads.ReadWork<Balances> work =
        (tx, permit) -> {
          List<Placed> all = lines(tx, permit, which, asOf);
          Worths.Scale scale = null;
          if (which.valueIn != null) {
            scale = worths.scale(tx, permit, which.valueIn, new Worths.Moment(asOf, all));
            lacks.addAll(worths.lacks(tx, permit, scale, all));
          }
          return served(permit, all, scale, new Slice(after, limit, asOf, scope));
        };
    Balances known = read(caller, which, work);
    // Nobody is asked inside a transaction: what came meanwhile is read in another one.
    return worths.fetch(caller.tenant(), lacks) == 0 ? known : read(caller, which, work);
  }

  private Balances read(Caller caller, Which which, Reads.ReadWork<Balances> work) {
    return reads.read(caller, ROUTE, which.holderId(), which.connection, Domain.BALANCES, work);
  }

  private record Slice(
      List<String> after, int limit, @Nullable Instant asOf, Cursors.Scope scope) {}

  private Reads.Served<Balances> served(
      ReadPermit permit, List<Placed> all, Worths.@Nullable Scale scale, Slice slice) {
    Page<BalanceView> cut =
        Page.cut(
            all.stream().filter(line -> line.isBehind(slice.after())).toList(),
            slice.limit(),
            line -> BalanceViews.view(permit.holder(), line, scale),
            Placed::position,
            position -> cursors.write(slice.scope(), position));
    return new Reads.Served<>(
        new Balances(cut.items(), cut.nextCursor(), slice.asOf(), BalanceViews.summary(all, scale)),
        cut.items().size());
  }

  private List<Placed> lines(TenantTx tx, ReadPermit permit, Which which, @Nullable Instant asOf)
      throws SQLException {
    List<Placed> lines = new ArrayList<>();
    for (ReadPermit.Covered covered : permit.connections()) {
      if (asOf != null && asOf.isBefore(covered.earliest())) {
        continue;
      }
      List<Line> found =
          asOf == null
              ? reconciliation.compare(tx, permit.holder(), covered.connection())
              : reconciliation.asOf(tx, permit.holder(), covered.connection(), asOf);
      for (Line line : found) {
        if (which.takes(line)) {
          lines.add(new Placed(covered.connection(), line));
        }
      }
    }
    return lines.stream().sorted().toList();
  }
}
