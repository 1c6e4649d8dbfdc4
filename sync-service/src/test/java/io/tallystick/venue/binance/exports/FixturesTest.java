package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Decimals;
import io.tallystick.venue.binance.exports.CashRecord.CryptoMovement;
import io.tallystick.venue.binance.exports.CashRecord.FiatMovement;
import io.tallystick.venue.binance.exports.CashRecord.FiatPurchase;
import io.tallystick.venue.binance.exports.CashRecord.Progress;
import io.tallystick.venue.binance.exports.ExportRecord.AutoInvestBuy;
import io.tallystick.venue.binance.exports.ExportRecord.ConvertOrder;
import io.tallystick.venue.binance.exports.ExportRecord.PeerOrder;
import io.tallystick.venue.binance.exports.FuturesRecord.FuturesFill;
import io.tallystick.venue.binance.exports.FuturesRecord.Income;
import io.tallystick.venue.binance.exports.Given.Fixture;
import io.tallystick.venue.binance.exports.OrderRecord.Order;
import io.tallystick.venue.binance.exports.OrderRecord.OrderFill;
import io.tallystick.venue.binance.exports.Question.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fixture reads to what its description says. */
final class FixturesTest {
  static List<Fixture> all() {
    return Given.fixtures();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isRecognisedAndReadInFull(Fixture fixture) {
    Given given = Given.fixture(fixture.file());
    if (fixture.kind().equals("empty")) {
      Recognition.Empty empty =
          assertInstanceOf(Recognition.Empty.class, given.recognitions().getFirst());
      assertEquals(ExportKind.FIAT_PURCHASES, empty.kind());
      return;
    }
    assertEquals(fixture.kind(), given.known().kind().code());
    assertEquals(fixture.variant(), given.known().variant());
    assertEquals(fixture.good(), given.good().size());
    assertEquals(fixture.bad(), given.bad().size());
    List<Topic> asked =
        fixture.asked().isEmpty() ? List.of() : List.of(Topic.valueOf(fixture.asked()));
    assertEquals(asked, given.asked());
    assertTrue(given.ends().stream().allMatch(Row.End::whole));
    assertEquals(asked.isEmpty() ? given.recognitions().size() : 0, given.ends().size());
  }

  @Test
  void keepsEachRowAsTheFileHasItUnderItsLine() {
    Given given = Given.fixture("T2.csv");
    List<String> lines = new String(Given.bytes("T2.csv"), StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < given.good().size(); i++) {
      int line = (int) given.good().get(i).line();
      assertEquals(lines.get(line - 1), new String(given.raw().get(i), StandardCharsets.UTF_8));
    }
  }

  @Test
  void anEmptyExportIsASuccessThatSaysSo() {
    assertTrue(Given.fixture("L3n.csv").ends().getFirst().saysEmpty());
    assertFalse(Given.fixture("L3.csv").ends().getFirst().saysEmpty());
  }

  @Test
  void aChangeOfNoneIsReportedWithItsColumn() {
    RowFault fault = Given.fixture("L3u.csv").bad().getFirst();
    assertEquals(3, fault.line());
    assertEquals("Change", fault.column());
    assertEquals("no-amount", fault.code());
  }

  @Test
  void aRenamedFileIsReadOnceItsZoneIsSaid() {
    Given asked = Given.fixture("T3r.csv");
    assertEquals(0, asked.good().size());
    Question question = asked.known().questions().getFirst();
    assertTrue(question.choices().contains(new Question.Choice("UTC-6", "UTC-6")));
    Given answered = Given.fixture("T3r.csv", Map.of(Topic.ZONE, "UTC-6"));
    assertEquals(Given.fixture("T3.csv").records().subList(0, 2), answered.records());
    assertEquals(ZoneOffset.ofHours(-6), answered.known().zone());
    Given nonsense = Given.fixture("T3r.csv", Map.of(Topic.ZONE, "noon"));
    assertEquals(List.of(Topic.ZONE), nonsense.asked());
  }

  @Test
  void nestedFillsStandUnderTheirOrder() {
    Given given = Given.fixture("O1.csv");
    Order order = assertInstanceOf(Order.class, given.records().get(0));
    OrderFill fill = assertInstanceOf(OrderFill.class, given.records().get(1));
    Order cancelled = assertInstanceOf(Order.class, given.records().get(3));
    assertNull(order.number());
    assertEquals(2, fill.orderLine());
    assertEquals("0.0064811", Decimals.text(fill.fill().fee()));
    assertEquals("BNB", fill.fill().feeAsset());
    assertEquals(Side.BUY, fill.fill().side());
    assertEquals(0, cancelled.executed().signum());
    OrderFill numbered =
        assertInstanceOf(OrderFill.class, Given.fixture("O2.csv").records().get(1));
    assertEquals("17512345678", numbered.orderNumber());
    assertEquals("BUSD", numbered.fill().feeAsset());
  }

  @Test
  void anOrderNumberThatASpreadsheetDestroyedIsNoNumber() {
    Order order = assertInstanceOf(Order.class, Given.fixture("O2b.csv").records().getFirst());
    assertNull(order.number());
    assertEquals("web_ab12cd34ef56", order.clientNumber());
    assertEquals(
        new Moment(Instant.parse("2021-12-03T07:05:00Z"), Moment.Precision.MINUTE), order.placed());
  }

  @Test
  void anOrderForAnAmountOfTheOtherAssetHasNoQuantity() {
    String header =
        "Date(UTC),OrderNo,Pair,Type,Side,Order Price,Order Amount,Time,Executed,Average Price,"
            + "Trading total,Status\n";
    String row =
        "2024-03-10 12:59:41,1,ETHBTC,Market,BUY,0,0.05BTC,2024-03-10 13:00:00,0.75ETH,0.05612,"
            + "0.04209BTC,FILLED\n";
    Order order = Given.text("x.csv", header + row).only(Order.class);
    assertNull(order.ordered());
    assertEquals("0.75", Decimals.text(order.executed()));
    Given wrong = Given.text("x.csv", header + row.replace("0.05BTC", "0.05LTC"));
    assertEquals("Order Amount", wrong.bad().getFirst().column());
  }

  @Test
  void aTickerThatIsANumberIsNoPartOfTheAmount() {
    String header =
        "Date(UTC),OrderNo,Pair,Type,Side,Order Price,Order Amount,Time,Executed,Average Price,"
            + "Trading total,Status\n";
    String time = "2026-09-23 04:10:24";
    Given given =
        Given.text(
            "x.csv",
            header
                + (time + ",1,1E3USDT,LIMIT,BUY,0.4,232.001E3," + time)
                + ",0.501E3,0.4,0.2USDT,CANCELED\n"
                + (time + ",2,4USDT,LIMIT,BUY,2,10.04," + time + ",10.04,2,20USDT,FILLED\n"));
    List<Order> orders = given.records(Order.class);
    assertEquals("1E3", orders.get(0).baseAsset());
    assertEquals("0.50", orders.get(0).executed().toPlainString());
    assertEquals("4", orders.get(1).baseAsset());
    assertEquals("10", Decimals.text(orders.get(1).executed()));
  }

  @Test
  void ordersAreJudgedByWhatWasExecuted() {
    List<Order> orders = Given.fixture("O4.csv").records(Order.class);
    assertEquals(4, orders.stream().filter(order -> order.executed().signum() > 0).count());
    Order inch = orders.get(1);
    assertEquals("1INCH", inch.baseAsset());
    assertEquals("150", Decimals.text(inch.executed()));
    assertEquals(
        Instant.parse("2023-11-18T23:59:59Z"), Objects.requireNonNull(inch.updated()).at());
    assertEquals(MarginMode.CROSS, Given.fixture("Om.csv").only(Order.class).margin());
  }

  @Test
  void depositsAndWithdrawalsAreToldApart() {
    assertEquals(
        Direction.DEPOSIT, Given.fixture("D1-deposit.csv").only(CryptoMovement.class).direction());
    CryptoMovement out = Given.fixture("D1-withdrawal.csv").only(CryptoMovement.class);
    assertEquals(Direction.WITHDRAWAL, out.direction());
    assertEquals("0.25", Decimals.text(Objects.requireNonNull(out.fee())));
    assertEquals("104729", out.memo());
    List<CryptoMovement> outputs = Given.fixture("D2.csv").records(CryptoMovement.class);
    assertEquals(List.of(1, 2), outputs.stream().map(one -> one.txId().output()).toList());
    CryptoMovement pending =
        Given.fixture("D3-withdrawal.csv").records(CryptoMovement.class).get(1);
    assertEquals(Progress.PENDING, pending.progress());
    assertEquals(TxId.Form.NONE, pending.txId().form());
    CryptoMovement inside = Given.fixture("D4w.xlsx").records(CryptoMovement.class).get(1);
    assertEquals(new TxId(TxId.Form.INTERNAL, "146000000001", -1), inside.txId());
    assertEquals(
        Instant.parse("2023-11-20T04:51:33Z"),
        Given.fixture("D5w.csv").only(CryptoMovement.class).at().at());
  }

  @Test
  void fiatComesGrossAndNet() {
    FiatMovement in = Given.fixture("F1-deposit.csv").records(FiatMovement.class).getFirst();
    assertEquals("500.00", in.gross().amount().toPlainString());
    assertEquals("499.00", in.net().amount().toPlainString());
    assertEquals(Instant.parse("2022-09-01T12:00:00Z"), in.at().at());
    FiatMovement out = Given.fixture("F1-withdrawal.csv").only(FiatMovement.class);
    assertEquals(Direction.WITHDRAWAL, out.direction());
    assertEquals(Instant.parse("2022-10-05T08:30:00Z"), out.at().at());
    FiatMovement first = Given.fixture("F2-1.csv").only(FiatMovement.class);
    FiatMovement again = Given.fixture("F2-2.csv").only(FiatMovement.class);
    assertEquals(first.orderId(), again.orderId());
    assertEquals(0, first.net().amount().compareTo(again.net().amount()));
    assertEquals(
        Direction.WITHDRAWAL, Given.fixture("F2-3.csv").only(FiatMovement.class).direction());
  }

  @Test
  void purchasesKeepTheOffsetOfTheirHeader() {
    FiatPurchase bought = Given.fixture("B1.xlsx").records(FiatPurchase.class).getFirst();
    assertEquals(Instant.parse("2022-08-10T00:15:01Z"), bought.at().at());
    assertEquals("USDT", bought.received().asset());
    FiatPurchase newer = Given.fixture("B3.csv").only(FiatPurchase.class);
    assertEquals("N00000000000000000000000000000004", newer.orderId());
    assertEquals(Instant.parse("2024-05-01T12:00:05Z"), newer.at().at());
  }

  @Test
  void convertsBookOnlyWhatSucceeded() {
    List<ConvertOrder> orders = Given.fixture("C2.csv").records(ConvertOrder.class);
    assertEquals(List.of(true, false), orders.stream().map(ConvertOrder::done).toList());
    ConvertOrder newest = Given.fixture("C3.csv").only(ConvertOrder.class);
    assertEquals(Instant.parse("2023-12-24T18:00:01Z"), newest.settled().at());
    assertEquals("SOL", newest.bought().asset());
  }

  @Test
  void peerOrdersNeverKeepTheOtherPersonsName() {
    PeerOrder sold = Given.fixture("P3.csv").only(PeerOrder.class);
    assertEquals(Instant.parse("2024-04-01T12:00:00Z"), sold.at().at());
    assertEquals("22800000000000000004", sold.number());
    assertFalse(sold.toString().contains("trader-x"));
    PeerOrder older = Given.fixture("P2.csv").records(PeerOrder.class).getFirst();
    assertEquals("812500", Decimals.text(older.total().amount()));
    assertFalse(older.toString().contains("someone"));
  }

  @Test
  void futuresKeepIdsSignsAndFlags() {
    List<Income> incomes = Given.fixture("X1.csv").records(Income.class);
    assertEquals("-0.0153", Decimals.text(incomes.getFirst().amount().amount()));
    assertEquals(incomes.get(1).transaction(), incomes.get(2).transaction());
    FuturesFill fill = Given.fixture("X2.csv").only(FuturesFill.class);
    assertEquals("8389770000000000001", fill.orderId());
    assertEquals(true, fill.maker());
    FuturesFill spelled =
        Given.fixture("X2n.csv", Map.of(Topic.ZONE, "UTC+6")).only(FuturesFill.class);
    assertEquals(fill.at(), spelled.at());
    assertEquals(fill.fee(), spelled.fee());
    assertEquals(false, spelled.buyer());
  }

  @Test
  void autoInvestTellsNoFeeFromAFee() {
    List<AutoInvestBuy> buys = Given.fixture("AI1.csv").records(AutoInvestBuy.class);
    assertEquals("BUSD", Objects.requireNonNull(buys.get(0).fee()).asset());
    assertNull(buys.get(1).fee());
    assertEquals(2, buys.stream().filter(AutoInvestBuy::done).count());
  }

  @Test
  void viewsOfTheAccountAreNoEvents() {
    List<String> views = new ArrayList<>();
    for (Fixture fixture : Given.fixtures()) {
      Given given = Given.fixture(fixture.file());
      if (given.recognitions().getFirst() instanceof Recognition.Known known
          && !known.kind().holdsEvents()) {
        views.add(fixture.file());
      }
    }
    assertEquals(List.of("TX1.csv", "X3.csv"), views);
  }
}
