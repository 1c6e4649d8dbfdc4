package io.tallystick.sandbox.market;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes up assets and symbols from a seed. */
final class MarketBuilder {
  // name, long name, price in 10⁻⁸ dollars, network
  private static final String[][] KNOWN = {
    {"BTC", "Bitcoin", "6000000000000", "BTC"},
    {"USDT", "Tether", "100000000", "ETH"},
    {"ETH", "Ethereum", "300000000000", "ETH"},
    {"BNB", "BNB", "60000000000", "BSC"},
    {"USDC", "USD Coin", "100000000", "ETH"},
    {"FDUSD", "First Digital USD", "100000000", "ETH"},
    {"SOL", "Solana", "15000000000", "SOL"},
    {"XRP", "XRP", "60000000", "XRP"},
    {"ADA", "Cardano", "45000000", "ADA"},
    {"DOGE", "Dogecoin", "12000000", "DOGE"},
    {"LTC", "Litecoin", "8000000000", "LTC"},
    {"DOT", "Polkadot", "600000000", "DOT"},
    {"LINK", "Chainlink", "1400000000", "ETH"},
    {"AVAX", "Avalanche", "2800000000", "AVAXC"},
    {"TRX", "TRON", "13000000", "TRX"},
    {"LDO", "Lido DAO", "150000000", "ETH"},
    {"LUNA", "Terra", "50000000", "LUNA"},
    {"LUNC", "Terra Classic", "9000", "LUNC"},
    {"SHIB", "Shiba Inu", "1700", "ETH"},
    {"PEPE", "Pepe", "900", "ETH"},
    {"1INCH", "1inch", "35000000", "ETH"},
    {"1000SATS", "1000 x SATS", "20000", "BRC20"},
    {"1MBABYDOGE", "1M x BABYDOGE", "170000", "BSC"},
    {"4", "Four", "8000000", "BSC"},
    {"1E3", "One E Three", "42000000", "BSC"},
    {"007", "Double O Seven", "3100000000", "ETH"},
    {"TRUE", "True Chain", "27000000", "ETH"},
    {"NULL", "Null Protocol", "110000000", "BSC"},
    {"币安人生", "币安人生", "22000000", "BSC"},
    {"ATOM", "Cosmos", "700000000", "ATOM"},
    {"UNI", "Uniswap", "900000000", "ETH"},
    {"AAVE", "Aave", "14000000000", "ETH"},
    {"NEAR", "NEAR Protocol", "520000000", "NEAR"},
    {"XLM", "Stellar", "11000000", "XLM"},
    {"EUR", "Euro", "108000000", ""},
    {"TRY", "Turkish Lira", "3000000", ""},
    {"BRL", "Brazilian Real", "18000000", ""},
  };
  private static final List<String> QUOTES =
      List.of("USDT", "BTC", "BNB", "FDUSD", "USDC", "ETH", "TRY", "EUR", "BRL");
  // Quotes that the exchange has given up: their symbols are gone, their names remain in old books.
  private static final String[][] FORMER_QUOTES = {
    {"BUSD", "BUSD", "100000000", "BSC"},
    {"TUSD", "TrueUSD", "100000000", "ETH"},
    {"PAX", "Paxos Standard", "100000000", "ETH"},
  };
  private static final List<String> NETWORKS = List.of("ETH", "BSC", "SOL", "ARBITRUM", "MATIC");
  private static final String CONSONANTS = "BCDFGHKLMNPRSTVXZ";
  private static final String VOWELS = "AEIOUY";
  private static final long FEWEST_TICKS = 50;
  private static final long MOST_TICKS = 10_000_000;

  private final SplittableRandom random;
  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final Set<String> symbols = new HashSet<>();

  MarketBuilder(long seed) {
    random = new SplittableRandom(seed ^ 0x6d61726b6574L);
    for (String[] row : KNOWN) {
      add(row);
    }
  }

  Map<String, Asset> assets() {
    return assets;
  }

  /** Pairs of the known assets first, then of made-up ones, until enough are shown by default. */
  List<Listing> listed(int count) {
    List<Listing> all = new ArrayList<>();
    List<Asset> bases = new ArrayList<>(assets.values());
    int shown = 0;
    for (int i = 0; shown < count; i++) {
      Asset base = i < bases.size() ? bases.get(i) : invented();
      boolean known = i < bases.size();
      for (String quote : QUOTES) {
        boolean wanted =
            quote.equals("USDT")
                || QUOTES.contains(base.name())
                || random.nextInt(100) < (known ? 75 : 40);
        if (!wanted || base.fiat() || shown == count) {
          continue;
        }
        Optional<Listing> made = pair(base, asset(quote), !known);
        if (made.isPresent()) {
          all.add(made.get());
          shown += made.get().shownByDefault() ? 1 : 0;
        }
      }
    }
    return all;
  }

  /** Half are pairs with a former quote, half of bases that are no longer traded at all. */
  List<Listing> removed(int count) {
    List<Asset> bases = assets.values().stream().filter(a -> !a.fiat()).toList();
    for (String[] row : FORMER_QUOTES) {
      add(row);
    }
    List<Listing> gone = new ArrayList<>();
    for (int i = 0; gone.size() < count; i++) {
      boolean formerQuote = i % 2 == 0;
      Asset base = formerQuote ? bases.get(i / 2 % bases.size()) : invented();
      String quote =
          formerQuote
              ? FORMER_QUOTES[i / 2 / bases.size() % FORMER_QUOTES.length][0]
              : i % 4 == 1 ? "USDT" : "BTC";
      pair(base, asset(quote), false).ifPresent(gone::add);
    }
    return gone;
  }

  private void add(String[] row) {
    Asset asset =
        new Asset(
            row[0],
            row[1],
            Long.parseLong(row[2]),
            row[3],
            row[3].isEmpty(),
            row[0].startsWith("1000") ? 1000 : row[0].startsWith("1M") ? 1_000_000 : 1);
    assets.put(asset.name(), asset);
  }

  private Asset asset(String name) {
    return Objects.requireNonNull(assets.get(name), name);
  }

  private Asset invented() {
    while (true) {
      StringBuilder name = new StringBuilder();
      int length = 3 + random.nextInt(3);
      for (int i = 0; i < length; i++) {
        String letters = i % 2 == 0 ? CONSONANTS : VOWELS;
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      String ticker = name.toString();
      if (!assets.containsKey(ticker)) {
        long digits = 100L + random.nextInt(900);
        long usd =
            digits
                * List.of(100L, 10_000L, 100_000L, 1_000_000L, 5_000_000L).get(random.nextInt(5));
        String network = NETWORKS.get(random.nextInt(NETWORKS.size()));
        String title = ticker.charAt(0) + ticker.substring(1).toLowerCase(Locale.ROOT);
        Asset asset = new Asset(ticker, title, usd, network, false, 1);
        assets.put(ticker, asset);
        return asset;
      }
    }
  }

  /** Empty where the price would have too few steps, or the joined name is taken. */
  private Optional<Listing> pair(Asset base, Asset quote, boolean mayBeOdd) {
    String symbol = base.name() + quote.name();
    if (base.name().equals(quote.name()) || symbol.length() > 20) {
      return Optional.empty();
    }
    int decimals = 8 - base.quantityDecimals();
    long ticks = Units.scaled(base.usd(), power(decimals), quote.usd());
    while (ticks > MOST_TICKS && decimals > 0) {
      decimals--;
      ticks /= 10;
    }
    if (!natural(base, quote) || ticks < FEWEST_TICKS || !symbols.add(symbol)) {
      return Optional.empty();
    }
    String status = mayBeOdd ? status() : "TRADING";
    return Optional.of(new Listing(symbol, base, quote, status, decimals, ticks, groups(mayBeOdd)));
  }

  /** Between two quotes the venue lists one direction only: BTCUSDT, ETHBTC, USDTTRY. */
  private static boolean natural(Asset base, Asset quote) {
    int rank = QUOTES.indexOf(base.name());
    if (rank < 0) {
      return true;
    }
    boolean coins = quote.usd() > 100 * Units.ONE && base.usd() > 100 * Units.ONE;
    boolean peers = base.usd() == quote.usd() && QUOTES.indexOf(quote.name()) < rank;
    return coins ? quote.usd() > base.usd() : peers || quote.usd() < base.usd();
  }

  private String status() {
    int dice = random.nextInt(100);
    if (dice < 6) {
      return "BREAK";
    }
    return dice < 8 ? "HALT" : dice < 9 ? "CANCEL_ONLY" : dice < 10 ? "END_OF_DAY" : "TRADING";
  }

  private List<String> groups(boolean mayBeOdd) {
    int dice = random.nextInt(100);
    if (mayBeOdd && dice < 2) {
      return List.of("TRD_GRP_004", "TRD_GRP_005");
    }
    return dice < 45 ? List.of("SPOT", "MARGIN") : List.of("SPOT");
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
