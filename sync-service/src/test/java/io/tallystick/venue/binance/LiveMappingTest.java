package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.Heard;
import io.tallystick.venue.Live;
import io.tallystick.venue.LiveStream;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Verdict;
import io.tallystick.venue.binance.streams.SpotTrades;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What frames of the user data stream say, and that an event is the same fill as the list's row.
 */
class LiveMappingTest {
  private static final Live LIVE = new BinanceVenue().live();
  private static final Stream.Markets MARKETS = Fixtures.SEEN;

  private static final String FILL =
      """
      {"subscriptionId":3,"event":{"e":"executionReport","E":1790000000123,"s":"SOLUSDT","c":"a1",
      "S":"SELL","o":"LIMIT","f":"GTC","q":"2.50000000","p":"141.20000000","P":"0","F":"0","g":-1,
      "C":"","x":"TRADE","X":"PARTIALLY_FILLED","r":"NONE","i":88,"l":"1.50000000",
      "z":"1.50000000","L":"141.25000000","n":"0.00021000","N":"BNB","T":1790000000120,"t":9007199254740993,
      "v":3,"I":501,"w":false,"m":true,"M":true,"O":1790000000000,"Z":"211.87500000",
      "Y":"211.87500000","Q":"0","W":1790000000000,"V":"NONE"}}\
      """;

  private static final String ROW =
      """
      {"symbol":"SOLUSDT","id":9007199254740993,"orderId":88,"orderListId":-1,
      "price":"141.25000000","qty":"1.50000000","quoteQty":"211.87500000",
      "commission":"0.00021000","commissionAsset":"BNB","time":1790000000120,"isBuyer":false,
      "isMaker":true,"isBestMatch":true}\
      """;

  private static Heard.News news(String frame) {
    return assertInstanceOf(Heard.News.class, LIVE.hear(frame));
  }

  private static LiveStream stream(String name) {
    return LIVE.streams().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static Reading read(Heard.Item item) {
    return stream(item.stream()).map(item.partition(), item.raw().bytes(), MARKETS);
  }

  @Test
  void anEventIsTheSameEntryAsTheRowOfTheList() {
    Heard.News news = news(FILL);
    assertEquals(
        List.of("spot-trades-live", "spot-orders-live"),
        news.items().stream().map(Heard.Item::stream).toList());
    assertFalse(news.moreToRead());
    Heard.Item item = news.items().getFirst();
    assertEquals("9007199254740993:sell", item.raw().key());
    assertEquals("SOLUSDT", item.partition());
    Reading listed = new SpotTrades().map("SOLUSDT", ROW.getBytes(StandardCharsets.UTF_8), MARKETS);
    assertEquals(Fixtures.show(listed), Fixtures.show(read(item)));
    assertEquals(
        assertInstanceOf(Reading.Booked.class, listed).entry().identity(),
        assertInstanceOf(Reading.Booked.class, read(item)).entry().identity());
  }

  @Test
  void theEvidenceIsTheEventsOwnBytes() {
    String kept = new String(news(FILL).items().getFirst().raw().bytes(), StandardCharsets.UTF_8);
    assertTrue(FILL.contains(kept));
    assertTrue(kept.startsWith("{\"e\":\"executionReport\"") && kept.endsWith("\"V\":\"NONE\"}"));
  }

  @Test
  void theOrdersStateIsReadFromTheSameEvent() {
    Reading.Order order =
        assertInstanceOf(Reading.OrderSeen.class, read(news(FILL).items().getLast())).order();
    assertEquals("PARTIALLY_FILLED", order.status());
    assertTrue(order.open());
    assertEquals("1.5", order.filled().stripTrailingZeros().toPlainString());
  }

  @Test
  void withoutTheFeesAssetNothingIsBookedAndTheListIsRead() {
    Heard.News news = news(FILL.replace("\"N\":\"BNB\"", "\"N\":null"));
    assertTrue(news.moreToRead());
    assertInstanceOf(Reading.Nothing.class, read(news.items().getFirst()));
  }

  @Test
  void aDifferenceWithoutAnIdOnlySaysThatThereIsMoreToRead() {
    Heard.News news =
        news(
            """
            {"subscriptionId":0,"event":{"e":"balanceUpdate","E":1790000000001,"a":"SOL",
            "d":"-2.00000000","T":1790000000000}}\
            """);
    assertTrue(news.moreToRead());
    assertInstanceOf(Reading.Nothing.class, read(news.items().getFirst()));
  }

  @Test
  void aPositionTellsTwoPartsOfSomeBalances() {
    Heard.News news =
        news(
            """
            {"subscriptionId":0,"event":{"e":"outboundAccountPosition","E":1790000000001,
            "u":1790000000000,"B":[{"a":"SOL","f":"3.00000000","l":"0.50000000"}]}}\
            """);
    Reading.PartsSeen seen =
        assertInstanceOf(Reading.PartsSeen.class, read(news.items().getFirst()));
    assertEquals("spot", seen.wallet());
    assertEquals("SOL", seen.parts().getFirst().asset());
  }

  @Test
  void whatEndsASubscriptionIsHeard() {
    assertInstanceOf(
        Heard.Leaving.class,
        LIVE.hear("{\"event\":{\"e\":\"serverShutdown\",\"E\":1790000000001}}"));
    assertInstanceOf(
        Heard.Over.class,
        LIVE.hear(
            "{\"subscriptionId\":0,\"event\":{\"e\":\"eventStreamTerminated\",\"E\":1790000000001}}"));
    Heard.Reply unasked =
        assertInstanceOf(
            Heard.Reply.class,
            LIVE.hear("{\"id\":null,\"status\":401,\"error\":{\"code\":-2015,\"msg\":\"no\"}}"));
    assertEquals(null, unasked.id());
    assertTrue(news("{\"subscriptionId\":0,\"event\":{\"e\":\"somethingNew\"}}").moreToRead());
  }

  @Test
  void aRefusalIsReadByTheSameErrorTableAsAnyAnswer() {
    Heard.Reply reply =
        assertInstanceOf(
            Heard.Reply.class,
            LIVE.hear(
                """
                {"id":"x","status":418,"error":{"code":-1003,"msg":"banned",
                "data":{"serverTime":1790000000000,"retryAfter":1790000125500}},
                "rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE",
                "intervalNum":1,"limit":6000,"count":6011}]}\
                """));
    Verdict.Wait wait = assertInstanceOf(Verdict.Wait.class, BinanceErrors.judge(reply.answer()));
    assertTrue(wait.banned());
    assertEquals(Duration.ofSeconds(126), wait.atLeast());
    assertEquals("6011", reply.answer().headers().get("x-mbx-used-weight-1m"));
  }

  @ParameterizedTest
  @DisplayName("F20 an event's time is the right instant or none at all")
  @ValueSource(strings = {"1790000000120", "1790000000120000", "1790000000"})
  void timesAreToldByMagnitude(String time) {
    Heard.Item item = news(FILL.replace("\"T\":1790000000120", "\"T\":" + time)).items().getFirst();
    Reading.Booked booked = assertInstanceOf(Reading.Booked.class, read(item));
    assertEquals(1_790_000_000L, booked.entry().occurredAt().getEpochSecond());
  }

  @ParameterizedTest
  @DisplayName("F20 a time that cannot be is not guessed")
  @ValueSource(strings = {"0", "-1", "253402300800000000", "\"soon\"", "null"})
  void impossibleTimesAreUnread(String time) {
    Heard.Item item = news(FILL.replace("\"T\":1790000000120", "\"T\":" + time)).items().getFirst();
    assertInstanceOf(Reading.Unread.class, read(item));
  }

  @Test
  void noFrameHoweverBrokenThrows() {
    long seed = 20_261_121;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder frame = new StringBuilder(FILL);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        int at = random.nextInt(frame.length() + 1);
        switch (random.nextInt(3)) {
          case 0 -> frame.delete(at, at + 1);
          case 1 -> frame.insert(at, (char) random.nextInt(32, 127));
          default -> frame.setLength(at);
        }
      }
      Heard heard = Objects.requireNonNull(LIVE.hear(frame.toString()), "seed " + seed);
      if (heard instanceof Heard.News news) {
        news.items().forEach(LiveMappingTest::read);
      }
    }
  }
}
