package io.tallystick.sync;

import io.tallystick.sandbox.exchange.ApiKey;
import java.io.IOException;
import java.util.List;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceExchange;
import org.knowm.xchange.binance.dto.trade.BinanceTrade;
import org.knowm.xchange.binance.service.BinanceTradeService;
import org.knowm.xchange.currency.CurrencyPair;

/** XChange, which fetches and decodes an account's fills and keeps nothing. */
final class PeerReader {
  private static final int PAGE = 1_000;

  private final BinanceTradeService trades;

  /** Reads with this key, from the exchange at this address. */
  PeerReader(String url, ApiKey key) {
    BinanceExchange exchange = new BinanceExchange();
    ExchangeSpecification specification = exchange.getDefaultExchangeSpecification();
    specification.setSslUri(url);
    specification.setApiKey(key.key());
    specification.setSecretKey(key.secret());
    specification.setShouldLoadRemoteMetaData(false);
    exchange.applySpecification(specification);
    trades = (BinanceTradeService) exchange.getTradeService();
  }

  /**
   * Reads every fill of these markets, page by page, and tells how many there were. A page begins
   * with the last id of the one before, as ours do: a self-trade is two rows of one id, and the
   * border may run between them.
   */
  int read(List<CurrencyPair> markets) throws IOException {
    int rows = 0;
    for (CurrencyPair market : markets) {
      long from = 0;
      List<BinanceTrade> page;
      do {
        page = trades.myTradesAllProducts(market, null, null, null, from, PAGE);
        rows += page.size();
        if (page.size() == PAGE) {
          from = page.getLast().id;
          rows -= again(page, from);
        }
      } while (page.size() == PAGE);
    }
    return rows;
  }

  private static int again(List<BinanceTrade> page, long id) {
    return (int) page.stream().filter(trade -> trade.id == id).count();
  }
}
