package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.TaxLine;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tax tool's transactions: already merged and classified, so good for totals alone. */
final class TaxReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "TX1",
              ExportKind.TAX_REPORT,
              ZoneIn.NOWHERE,
              "ID,Date,Type,Label,Sent Amount,Sent Currency,Sent Address,Received Amount,"
                  + "Received Currency,Fee Amount,Fee Currency,Comment",
              Role.REFERENCE,
              Role.AT,
              Role.TYPE,
              Role.MODE,
              Role.SOLD,
              Role.BASE_ASSET,
              Role.UNUSED,
              Role.BOUGHT,
              Role.QUOTE_ASSET,
              Role.FEE,
              Role.FEE_COIN,
              Role.UNUSED));

  /** The newer report, whose header nobody wrote down: only what stands where. */
  static final Shape BY_PLACE =
      Shape.of(
          "TX2",
          ExportKind.TAX_REPORT,
          ZoneIn.NOWHERE,
          "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15",
          Role.REFERENCE,
          Role.AT,
          Role.TYPE,
          Role.MODE,
          Role.UNUSED,
          Role.UNUSED,
          Role.SOLD,
          Role.BASE_ASSET,
          Role.UNUSED,
          Role.UNUSED,
          Role.BOUGHT,
          Role.QUOTE_ASSET,
          Role.UNUSED,
          Role.UNUSED,
          Role.FEE,
          Role.FEE_COIN);

  @Override
  public ExportRecord read(Fields row) {
    return new TaxLine(
        row.needed(Role.REFERENCE),
        row.time(Role.AT).at().atOffset(ZoneOffset.UTC).toLocalDateTime(),
        row.needed(Role.TYPE),
        row.text(Role.MODE),
        part(row, Role.SOLD, Role.BASE_ASSET),
        part(row, Role.BOUGHT, Role.QUOTE_ASSET),
        part(row, Role.FEE, Role.FEE_COIN));
  }

  private static @Nullable Money part(Fields row, Role amount, Role asset) {
    return row.textIfAny(amount) == null ? null : row.money(amount, asset);
  }
}
