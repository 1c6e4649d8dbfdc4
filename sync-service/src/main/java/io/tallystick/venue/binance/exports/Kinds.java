package io.tallystick.venue.binance.exports;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All shapes, and the reader of each kind. */
final class Kinds {
  static final List<Shape> SHAPES =
      Stream.of(
              StatementReader.SHAPES,
              SpotTradeReader.SHAPES,
              SpotOrderReader.SHAPES,
              CryptoMovementReader.SHAPES,
              FiatMovementReader.SHAPES,
              FiatPurchaseReader.SHAPES,
              ConvertReader.SHAPES,
              PeerReader.SHAPES,
              EarnReader.SHAPES,
              StakeReader.SHAPES,
              AutoInvestReader.SHAPES,
              DustReader.SHAPES,
              MarginReader.SHAPES,
              FuturesIncomeReader.SHAPES,
              FuturesTradeReader.SHAPES,
              FuturesPositionReader.SHAPES,
              TaxReader.SHAPES)
          .flatMap(List::stream)
          .toList();

  private Kinds() {}

  /** The columns of the shape that explains most of a header; null when none fits. */
  static @Nullable Columns match(List<String> header) {
    Columns best = null;
    for (Shape shape : SHAPES) {
      Columns columns = Columns.match(shape, header);
      if (columns != null && (best == null || shape.names().size() > best.shape().names().size())) {
        best = columns;
      }
    }
    return best;
  }

  /** A fresh reader for one file. */
  static Reader reader(ExportKind kind) {
    return switch (kind) {
      case STATEMENT -> new StatementReader();
      case SPOT_TRADES -> new SpotTradeReader();
      case SPOT_ORDERS -> new SpotOrderReader();
      case CRYPTO_MOVEMENTS -> new CryptoMovementReader();
      case FIAT_MOVEMENTS -> new FiatMovementReader();
      case FIAT_PURCHASES -> new FiatPurchaseReader();
      case CONVERTS -> new ConvertReader();
      case P2P_ORDERS -> new PeerReader();
      case EARN_INTEREST -> new EarnReader();
      case ETH2_STAKING -> new StakeReader();
      case AUTO_INVEST -> new AutoInvestReader();
      case DUST -> new DustReader();
      case MARGIN_LOANS, MARGIN_INTEREST -> new MarginReader();
      case FUTURES_INCOME -> new FuturesIncomeReader();
      case FUTURES_TRADES -> new FuturesTradeReader();
      case FUTURES_POSITIONS -> new FuturesPositionReader();
      case TAX_REPORT -> new TaxReader();
    };
  }
}
