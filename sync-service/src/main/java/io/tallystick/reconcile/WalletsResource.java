package io.tallystick.reconcile;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The wallets of an account, and what Earn holds. */
@Path("/v1")
@RunOnVirtualThread
@Tag(name = "Balances")
public class WalletsResource {
  private static final String EARN = "earn-";

  private final Reconciliation reconciliation;
  private final Reads reads;
  private final CurrentCaller current;

  WalletsResource(Reconciliation reconciliation, Reads reads, CurrentCaller current) {
    this.reconciliation = reconciliation;
    this.reads = reads;
    this.current = current;
  }

  /**
   * One wallet.
   *
   * @param assets how many assets it holds, by the venue's report or by the books
   * @param differing in how many of them the two differ; null when the venue reported nothing
   * @param reportedAt when the newest part of the report was first seen; null when nothing was
   *     reported
   */
  @Schema(name = "Wallet", description = "A sub-account inside a venue.")
  public record WalletView(
      String connection,
      String wallet,
      int assets,
      @Nullable Integer differing,
      @Nullable Instant reportedAt) {}

  /**
   * What Earn holds of one asset.
   *
   * @param derived what the books hold
   * @param unlisted what Earn holds beyond the books: interest that no list told, inferred; never
   *     negative
   */
  @Schema(name = "EarnPosition", description = "What Earn holds of one asset.")
  public record EarnPosition(
      String connection,
      String wallet,
      String asset,
      BigDecimal amount,
      BigDecimal derived,
      BigDecimal unlisted,
      Instant reportedAt) {}

  /** All wallets that hold something or were reported. */
  @GET
  @Path("wallets")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listWallets",
      summary = "List wallets with how far ledger and venue agree in each")
  @APIResponse(responseCode = "200", description = "All wallets.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<WalletView> wallets(
      @QueryParam("holder")
          @Parameter(description = "All connections of this holder that are open to the client.")
          @Nullable String holder,
      @QueryParam("connection")
          @Parameter(description = "One connection. This or a holder is needed.")
          @Nullable String connection) {
    return read("GET /v1/wallets", Domain.BALANCES, holder, connection, this::wallets);
  }

  /** What Earn holds, as the venue reports it. */
  @GET
  @Path("earn/positions")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listEarnPositions",
      summary = "List what Earn holds, by wallet and asset, with interest that no list told")
  @APIResponse(responseCode = "200", description = "All positions.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<EarnPosition> positions(
      @QueryParam("holder")
          @Parameter(description = "All connections of this holder that are open to the client.")
          @Nullable String holder,
      @QueryParam("connection")
          @Parameter(description = "One connection. This or a holder is needed.")
          @Nullable String connection) {
    return read("GET /v1/earn/positions", Domain.EARN, holder, connection, this::positions);
  }

  @FunctionalInterface
  private interface Lister<T> {
    List<T> list(TenantTx tx, long holder, long connection) throws SQLException;
  }

  private <T> Page<T> read(
      String route,
      Domain domain,
      @Nullable String holder,
      @Nullable String connection,
      Lister<T> lister) {
    return reads.read(
        current.get(),
        route,
        holderId(holder, connection),
        connection,
        domain,
        (tx, permit) -> {
          List<T> all = new ArrayList<>();
          for (ReadPermit.Covered covered : permit.connections()) {
            all.addAll(lister.list(tx, permit.holder(), covered.connection()));
          }
          return new Reads.Served<>(Page.whole(all), all.size());
        });
  }

  private static String holderId(@Nullable String holder, @Nullable String connection) {
    if (holder != null) {
      return holder;
    }
    if (connection == null) {
      throw Problem.invalid("connection", "Name a connection or a holder.");
    }
    return PublicIds.holder(PublicIds.orNotFound(PublicIds.connection(connection)).holder());
  }

  private List<WalletView> wallets(TenantTx tx, long holder, long connection) throws SQLException {
    Map<String, List<Line>> byWallet = new TreeMap<>();
    for (Line line : reconciliation.compare(tx, holder, connection)) {
      byWallet.computeIfAbsent(line.wallet(), _ -> new ArrayList<>()).add(line);
    }
    List<WalletView> views = new ArrayList<>();
    byWallet.forEach((wallet, lines) -> {
      Instant seen = null;
      for (Line line : lines) {
        Line.Reported reported = line.reported();
        if (reported != null) {
          seen = seen == null || reported.at().isAfter(seen) ? reported.at() : seen;
        }
      }
      views.add(
          new WalletView(
              PublicIds.connection(holder, connection),
              wallet,
              (int) lines.stream().filter(Line::nonzero).count(),
              seen == null
                  ? null
                  : (int)
                      lines.stream().filter(line -> !Boolean.TRUE.equals(line.agrees())).count(),
              seen));
    });
    return views;
  }

  private List<EarnPosition> positions(TenantTx tx, long holder, long connection)
      throws SQLException {
    List<EarnPosition> positions = new ArrayList<>();
    for (Line line : reconciliation.compare(tx, holder, connection)) {
      Line.Reported reported = line.reported();
      if (reported != null && line.wallet().startsWith(EARN) && line.nonzero()) {
        BigDecimal beyond = reported.total().subtract(line.derived()).max(BigDecimal.ZERO);
        positions.add(
            new EarnPosition(
                PublicIds.connection(holder, connection),
                line.wallet(),
                line.asset(),
                reported.total(),
                line.derived(),
                beyond,
                reported.at()));
      }
    }
    return positions;
  }
}
