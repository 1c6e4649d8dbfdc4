package io.tallystick.venue.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of other times: what newer ones have is absent, or says something nobody documented. */
final class OlderShapesTest {

  private static Reading read(String stream, String part, String record) {
    Stream found =
        new BinanceVenue()
            .streams().stream().filter(s -> s.name().equals(stream)).findFirst().orElseThrow();
    return found.map(part, record.replace('\'', '"').getBytes(UTF_8), Fixtures.SEEN);
  }

  private static Entry booked(String stream, String part, String record) {
    return assertInstanceOf(Reading.Booked.class, read(stream, part, record)).entry();
  }

  private static String only(Entry entry) {
    assertEquals(1, entry.postings().size());
    Posting posting = entry.postings().getFirst();
    return posting.from().path()
        + " "
        + posting.to().path()
        + " "
        + posting.amount().toPlainString()
        + " "
        + posting.asset();
  }

  @Test
  void dustBeforeTargetsWereShownBecameBnb() {
    Entry entry =
        booked(
            "dust",
            "",
            "{'transId':'1','operateTime':'1600000000000','userAssetDribbletDetails':[{"
                + "'transId':2,'fromAsset':'ATOM','amount':'1','transferedAmount':'0.01',"
                + "'serviceChargeAmount':'0','operateTime':1600000000000}]}");
    assertEquals("BNB", entry.postings().get(1).asset());
  }

  @Test
  void dividendsBeforeDirectionsWereShownWereGiven() {
    Entry entry =
        booked(
            "dividends",
            "",
            "{'id':1,'amount':'2','asset':'SOL','divTime':1600000000000,'enInfo':'SOL airdrop',"
                + "'tranId':5}");
    assertEquals("income/airdrop venue/@/spot 2 SOL", only(entry));
  }

  @Test
  void aSubscriptionWithoutPartsIsPaidByItsSource() {
    String row =
        "{'amount':'2','asset':'SOL','time':1700000000000,'purchaseId':7,'productId':'SOL001',"
            + "'type':'NORMAL','sourceAccount':'%s','status':'SUCCESS'}";
    assertEquals(
        "venue/@/spot venue/@/earn-flexible 2 SOL",
        only(booked("flexible-subscriptions", "", row.formatted("SPOT"))));
    assertEquals(
        "venue/@/funding venue/@/earn-flexible 2 SOL",
        only(booked("flexible-subscriptions", "", row.formatted("FUND"))));
    assertInstanceOf(
        Reading.Unread.class, read("flexible-subscriptions", "", row.formatted("ALL")));
  }

  @Test
  void aRedemptionThatTellsOnlyWhatArrivedTookNothingBack() {
    Entry entry =
        booked(
            "locked-redemptions",
            "",
            "{'positionId':1,'redeemId':2,'time':1700000000000,'asset':'BNB','amount':'3',"
                + "'status':'PAID'}");
    assertEquals("venue/@/earn-locked venue/@/spot 3 BNB", only(entry));
  }

  @Test
  void aPeerTradeWithoutTakersFieldsPaysTheMakersFee() {
    Entry entry =
        booked(
            "peer-trades",
            "SELL",
            "{'orderNumber':'1','asset':'USDT','fiat':'EUR','amount':'10','totalPrice':'9',"
                + "'orderStatus':'COMPLETED','createTime':1700000000000,'commission':'0.1'}");
    assertEquals(EntryKind.CONVERSION, entry.kind());
    assertEquals("0.1", entry.postings().getLast().amount().toPlainString());
  }

  @Test
  void whatIsPaidInOtherCurrenciesThanThePriceIsWhatMoved() {
    String row =
        "{'orderType':'PAY','transactionId':'P','transactionTime':1700000000000,"
            + "'amount':'-23.7','currency':'BNB','walletType':1,'fundsDetail':[%s]}";
    String usdt = "{'currency':'USDT','amount':'1.2','walletAssetCost':{'1':'0.5','2':'0.7'}},";
    Entry entry = booked("payments", "", row.formatted(usdt + "{'currency':'ETH','amount':'0.1'}"));
    assertEquals(
        List.of("funding 0.5 USDT", "spot 0.7 USDT", "funding 0.1 ETH"),
        entry.postings().stream()
            .map(one ->
                one.from().path().substring("venue/@/".length())
                    + " "
                    + one.amount().toPlainString()
                    + " "
                    + one.asset())
            .toList());
    String bnb = "{'currency':'BNB','amount':'23.7','walletAssetCost':{'1':'23.7'}}";
    for (String funds :
        List.of(
            usdt + bnb,
            "{'currency':'USDT','amount':'1.3','walletAssetCost':{'1':'0.5','2':'0.7'}}",
            "{'currency':'USDT','amount':'1.2','walletAssetCost':{'4':'0.7','2':'0.5'}}",
            "{'amount':'1.2','walletAssetCost':{'1':'1.2'}}")) {
      assertInstanceOf(Reading.Unread.class, read("payments", "", row.formatted(funds)), funds);
    }
    assertInstanceOf(
        Reading.Booked.class, read("payments", "", row.formatted(bnb)), "in its own currency");
  }

  @Test
  void anUnknownWordLeavesTheRowUnread() {
    assertInstanceOf(
        Reading.Unread.class,
        read(
            "converts",
            "",
            "{'orderId':1,'orderStatus':'NOBODY_KNOWS','fromAsset':'A','fromAmount':'1',"
                + "'toAsset':'B','toAmount':'2','createTime':1700000000000}"));
    assertInstanceOf(
        Reading.Unread.class,
        read(
            "flexible-rewards",
            "",
            "{'asset':'A','rewards':'1','projectId':'A1','type':'NEW','time':1700000000000}"));
  }

  @Test
  void walletsWithoutDetailAreIncomplete() {
    Reading.BalancesSeen seen =
        assertInstanceOf(
            Reading.BalancesSeen.class,
            read(
                "wallet-totals",
                "",
                "{'activate':true,'balance':'1','walletName':'Cross Margin'}"));
    assertTrue(!seen.complete() && seen.wallet().equals("margin-cross"));
  }
}
