package io.tallystick.venue.binance.exports;

import io.tallystick.kernel.Decimals;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random rows of a shape as the venue would write them, and the values that must come back. */
final class Rendered {
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("uu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final String[] BASES = {"BTC", "ETH", "1INCH", "1000SATS", "MATIC", "0G", "SOL"};
  private static final String[] QUOTES = {"USDT", "EUR", "BNB", "FDUSD"};

  private final Shape shape;
  private final Random random;
  private final boolean thousands;
  final ZoneOffset zone;
  final List<List<String>> rows = new ArrayList<>();
  final List<List<String>> expected = new ArrayList<>();

  private List<String> values = new ArrayList<>();
  private String base = "";
  private String quote = "";

  Rendered(Shape shape, Random random, int count, boolean thousands) {
    this.shape = shape;
    this.random = random;
    this.thousands = thousands;
    boolean zoned =
        shape.zone() == ZoneIn.NAME
            || shape.zone() == ZoneIn.CELL
            || shape.names().contains("date(utc)");
    this.zone =
        zoned ? ZoneOffset.ofTotalSeconds((random.nextInt(53) - 26) * 1800) : ZoneOffset.UTC;
    for (int i = 0; i < count; i++) {
      row();
    }
  }

  String name() {
    boolean named = shape.zone() == ZoneIn.NAME || shape.zone() == ZoneIn.CELL;
    return "Binance-Withdraw-History" + (named ? "(" + mark() + ")" : "") + ".csv";
  }

  private String mark() {
    String text = Zones.text(zone);
    return random.nextBoolean() ? text.replace("UTC-", "UTC--") : text;
  }

  List<String> header() {
    List<String> header = new ArrayList<>();
    for (String name : shape.names()) {
      header.add(name.replace("date(utc)", "Date(" + mark() + ")").replaceFirst("#2$", ""));
    }
    return header;
  }

  private void row() {
    values = new ArrayList<>();
    base = pick(BASES);
    quote = pick(QUOTES);
    List<String> cells = new ArrayList<>();
    for (Role role : shape.roles()) {
      cells.add(cell(role));
    }
    rows.add(cells);
    expected.add(values);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private String kept(String value) {
    values.add(value);
    return value;
  }

  private String cell(Role role) {
    if (role.isTime()) {
      return time();
    }
    if (role.isNumber()) {
      return number(role);
    }
    return switch (role) {
      case PAIR -> {
        values.add(base + quote);
        yield random.nextBoolean() ? base + quote : base + "/" + quote;
      }
      case COIN, BASE_ASSET -> kept(base);
      case QUOTE_ASSET, FIAT, FEE_COIN -> kept(quote);
      case SIDE -> shape.kind() == ExportKind.FUTURES_POSITIONS ? kept("Long") : side();
      case STATUS -> kept(random.nextBoolean() ? "Completed" : "Successful");
      case USER, ORDER, TRADE -> kept(Long.toString(random.nextLong(1L << 62)));
      case ACCOUNT -> kept(pick(new String[] {"Spot", "Funding", "Cross Margin"}));
      case TXID -> kept("ab".repeat(20) + (10 + random.nextInt(80)));
      case REMARK -> kept("a \"quoted\", remark; \u00e9\u4e2d" + random.nextInt());
      case BUYER, MAKER -> {
        boolean yes = random.nextBoolean();
        values.add(Boolean.toString(yes));
        yield yes ? pick(new String[] {"true", "TRUE", "Y"}) : pick(new String[] {"false", "N"});
      }
      case PRODUCT -> kept(shape.kind() == ExportKind.ETH2_STAKING ? "BETH" : "Flexible, new");
      case UNUSED -> "not ours";
      default -> kept("text " + random.nextInt(1000));
    };
  }

  private String side() {
    boolean buy = random.nextBoolean();
    values.add(buy ? "BUY" : "SELL");
    return pick(buy ? new String[] {"BUY", "Buy"} : new String[] {"SELL", "Sell"});
  }

  private String time() {
    Instant at = Instant.ofEpochSecond(1_600_000_000L + random.nextInt(200_000_000));
    LocalDateTime local = LocalDateTime.ofInstant(at, zone);
    values.add(shape.zone() == ZoneIn.NOWHERE ? local.toString() : at.toString());
    return (random.nextBoolean() ? LONG : SHORT).format(local);
  }

  private String number(Role role) {
    boolean signed = role == Role.CHANGE || role == Role.PROFIT;
    BigDecimal value =
        new BigDecimal(new BigInteger(1 + random.nextInt(50), random), random.nextInt(9));
    if (signed && random.nextBoolean()) {
      value = value.negate();
    }
    if (role == Role.PRICE && shape.kind() == ExportKind.FIAT_PURCHASES) {
      return kept(value.toPlainString());
    }
    values.add(Decimals.text(value));
    String unit = unit(role);
    return unit.isEmpty() ? written(value) : joined(value, unit);
  }

  private String joined(BigDecimal value, String unit) {
    values.add(unit.strip());
    return written(value) + unit;
  }

  private String unit(Role role) {
    return switch (shape.kind()) {
      case SPOT_TRADES -> shape.roles().contains(Role.FEE_COIN) ? "" : ofPair(role);
      case SPOT_ORDERS -> shape.roles().contains(Role.UPDATED) ? ofPair(role) : "";
      case FIAT_MOVEMENTS -> shape.roles().contains(Role.COIN) ? "" : " BRL";
      case FIAT_PURCHASES, CONVERTS -> role == Role.PRICE ? "" : " " + pick(BASES);
      case AUTO_INVEST -> " " + pick(BASES);
      case FUTURES_TRADES ->
          role == Role.FEE && !shape.roles().contains(Role.FEE_COIN)
              ? pick(new String[] {"USDT", " USDT"})
              : "";
      case FUTURES_POSITIONS -> role == Role.PROFIT ? " USDT" : "";
      default -> "";
    };
  }

  private String ofPair(Role role) {
    return switch (role) {
      case BASE, ORDERED -> base;
      case QUOTE -> quote;
      case FEE -> pick(new String[] {base, quote, "BNB"});
      default -> "";
    };
  }

  // Padded, stripped, with thousands marks or as a power of ten.
  private String written(BigDecimal value) {
    String plain = value.toPlainString();
    return switch (random.nextInt(4)) {
      case 0 -> value.setScale(10).toPlainString();
      case 1 -> thousands ? grouped(plain) : plain;
      case 2 -> value.abs().compareTo(new BigDecimal("0.001")) < 0 ? value.toString() : plain;
      default -> Decimals.text(value);
    };
  }

  private static String grouped(String plain) {
    int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
    String whole = plain.substring(0, point);
    return whole.replaceAll("(?<=[0-9])(?=([0-9]{3})+$)", ",") + plain.substring(point);
  }

  /** All values inside a record, as text. */
  static List<String> valuesOf(Object record) {
    List<String> found = new ArrayList<>();
    collect(record, found);
    return found;
  }

  private static void collect(Object value, List<String> found) {
    switch (value) {
      case null -> {}
      case BigDecimal number -> found.add(Decimals.text(number));
      case Record record -> {
        for (RecordComponent part : record.getClass().getRecordComponents()) {
          try {
            part.getAccessor().setAccessible(true);
            collect(part.getAccessor().invoke(record), found);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      default -> found.add(value.toString());
    }
  }
}
