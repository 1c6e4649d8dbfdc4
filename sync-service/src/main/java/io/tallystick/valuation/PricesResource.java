package io.tallystick.valuation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.Administered;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Event;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Prices that people supply where no market of the venue tells one. */
@Path("/v1/price-files")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class PricesResource {
  private final Transactions transactions;
  private final Valuation valuation;
  private final Event<Administered> administered;
  private final CurrentCaller current;

  PricesResource(
      Transactions transactions,
      Valuation valuation,
      Event<Administered> administered,
      CurrentCaller current) {
    this.transactions = transactions;
    this.valuation = valuation;
    this.administered = administered;
    this.current = current;
  }

  /**
   * A file.
   *
   * @param csv the file's text
   * @param form {@code prices} when it is not given
   */
  @Schema(name = "PriceFileRequest", description = "A table of prices.")
  public record PriceFileRequest(
      @NotNull @Size(min = 1) String csv,
      @Schema(enumeration = {"prices", "euro-rates"}) @Pattern(regexp = "prices|euro-rates")
          @Nullable String form) {

    private PriceFile.Result read() {
      return "euro-rates".equals(form) ? PriceFile.rates(csv) : PriceFile.supplied(csv);
    }
  }

  /**
   * What was taken in.
   *
   * @param file SHA-256 of the text, hexadecimal
   * @param lines how many prices it holds
   * @param added how many of them were new
   */
  @Schema(name = "PriceFile", description = "A table of prices that was taken in.")
  public record PriceFileView(String file, int lines, int added, List<String> assets) {}

  /** Takes a file in. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(operationId = "supplyPrices", summary = "Supply prices as a table")
  @APIResponse(
      responseCode = "201",
      description = "The prices are known.",
      content = @Content(schema = @Schema(implementation = PriceFileView.class)))
  public RestResponse<PriceFileView> supply(@NotNull @Valid PriceFileRequest request) {
    Caller caller = current.get();
    List<Quote> quotes =
        switch (request.read()) {
          case PriceFile.Result.Quotes(List<Quote> read) -> read;
          case PriceFile.Result.Fault(long line, String why) ->
              throw Problem.invalid("csv", "Line " + line + ": " + why);
        };
    int added =
        transactions.as(
            caller.tenant(),
            tx -> {
              int fresh = valuation.supply(tx, quotes);
              administered.fire(
                  new Administered(
                      tx,
                      caller,
                      Map.of("act", "prices.supplied", "file", PriceFile.id(request.csv()))));
              return fresh;
            });
    List<String> assets =
        quotes.stream()
            .flatMap(quote -> Stream.of(quote.base(), quote.quote()))
            .distinct()
            .sorted()
            .toList();
    return RestResponse.status(
        RestResponse.Status.CREATED,
        new PriceFileView(PriceFile.id(request.csv()), quotes.size(), added, assets));
  }
}
