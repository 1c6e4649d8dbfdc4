package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.OrderRows.OrderFilter;
import io.tallystick.records.OrderRows.OrderRow;
import io.tallystick.records.OrderRows.Position;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.venue.Domain;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The orders of an account in their present state, cancelled ones too. Orders move nothing. */
@Path("/v1/orders")
@RunOnVirtualThread
@Tag(name = "Records")
public class OrdersResource {
  private static final String ROUTE = "GET /v1/orders";

  private final Reads reads;
  private final Cursors cursors;
  private final CurrentCaller current;

  OrdersResource(Reads reads, Cursors cursors, CurrentCaller current) {
    this.reads = reads;
    this.cursors = cursors;
    this.current = current;
  }

  /**
   * An order. Amounts are in whole units of their asset.
   *
   * @param orderId the venue's own id, unique within the symbol
   * @param status as the venue writes it
   * @param open whether it may still fill
   * @param price the limit in quote units per base unit; null for market orders
   * @param filled base units filled
   * @param quoteFilled quote units filled; null where the venue does not know
   */
  @Schema(name = "Order", description = "An order in its present state.")
  public record Order(
      String connection,
      String symbol,
      String orderId,
      @Schema(enumeration = {"buy", "sell"}) String side,
      String type,
      String status,
      boolean open,
      @Nullable BigDecimal price,
      BigDecimal quantity,
      BigDecimal filled,
      @Nullable BigDecimal quoteFilled,
      Instant placedAt,
      Instant updatedAt,
      String evidence) {

    private static Order of(long holder, OrderRow row) {
      return new Order(
          PublicIds.connection(holder, row.connection()),
          row.symbol(),
          row.orderRef(),
          row.side(),
          row.type(),
          row.status(),
          row.open(),
          row.price(),
          row.quantity(),
          row.filled(),
          row.quoteFilled(),
          row.placedAt(),
          row.updatedAt(),
          PublicIds.evidence(holder, row.evidence()));
    }
  }

  /** Which orders; a list takes one as {@code @BeanParam}. */
  public static class Which {
    @QueryParam("symbol")
    @Parameter(description = "The venue's symbol of the market.")
    @Nullable String symbol;

    @QueryParam("status")
    @Parameter(description = "The status as the venue writes it.")
    @Nullable String status;

    @QueryParam("open")
    @Parameter(
        description = "Whether the order may still fill.",
        schema = @Schema(implementation = Boolean.class))
    @Nullable String open;

    /** Made by the framework from the query. */
    public Which() {}
  }

  /** A page of orders, the newest first. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listOrders",
      summary = "List orders in their present state, the newest first")
  @APIResponse(responseCode = "200", description = "A page of orders.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<Order> list(
      @BeanParam Whose whose, @BeanParam Which which, @BeanParam PageRequest page) {
    Caller caller = current.get();
    String open = Words.oneOf("open", which.open, "true", "false");
    OrderFilter filter =
        new OrderFilter(
            Words.word("symbol", which.symbol),
            Words.word("status", which.status),
            open == null ? null : Boolean.valueOf(open),
            whose.from(),
            whose.to());
    int limit = page.limit();
    Cursors.Scope scope =
        Cursors.Scope.of(
            caller.tenant(),
            ROUTE,
            whose.holder,
            whose.connection,
            filter.symbol(),
            filter.status(),
            filter.open(),
            filter.from(),
            filter.to());
    Position after = Position.of(cursors.read(scope, page.cursor()));
    return reads.read(
        caller,
        ROUTE,
        whose.holderId(),
        whose.connection,
        Domain.ORDERS,
        (tx, permit) -> {
          long holder = permit.holder();
          List<OrderRow> rows = OrderRows.page(tx, permit, filter, after, limit + 1);
          return Reads.Served.page(
              Page.cut(
                  rows,
                  limit,
                  row -> Order.of(holder, row),
                  row ->
                      new Position(row.placedAt(), row.symbol(), row.orderRef(), row.connection())
                          .texts(),
                  position -> cursors.write(scope, position)));
        });
  }
}
