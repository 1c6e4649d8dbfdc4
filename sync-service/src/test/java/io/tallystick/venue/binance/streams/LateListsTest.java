package io.tallystick.venue.binance.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Fetch.Loss;
import io.tallystick.venue.Fetch.Lost;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.Fixtures;
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.streams.turn.Dust;
import io.tallystick.venue.binance.streams.turn.Rebates;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists that began to tell when the venue was years old. */
final class LateListsTest {
  private static final Instant ASKED = Instant.parse("2018-01-01T00:00:00Z");
  private static final String NO_DUST = "{\"total\":0,\"userAssetDribblets\":[]}";
  private static final String NO_REBATES =
      """
      {"status":"OK","type":"GENERAL","code":"000000000",
       "data":{"page":1,"totalRecords":0,"totalPageNum":0,"data":[]}}
      """;

  private static Fetch.Page page(Stream stream, Bookmark at, String body) {
    return assertInstanceOf(Fetch.Page.class, stream.read("", at, Fixtures.NOW, Fixtures.ok(body)));
  }

  private static void lostUntil(String opening, Stream stream, String body) {
    Instant told = Instant.parse(opening);
    Bookmark start = stream.start(ASKED);
    assertEquals(
        Long.toString(told.toEpochMilli()),
        stream.next("", start, Fixtures.NOW).parameters().get("startTime"));
    Fetch.Page first = page(stream, start, body);
    assertEquals(List.of(new Lost(Loss.FORGOTTEN, ASKED, told)), first.lost());
    assertEquals(List.of(), page(stream, first.next(), body).lost(), "once");
    assertEquals(List.of(), page(stream, stream.start(told), body).lost(), "nothing more asked");
  }

  @Test
  void dustOfTheYearsThatTheVenueDoesNotTellIsLost() {
    lostUntil("2020-12-01T00:00:00Z", new Dust(), NO_DUST);
  }

  @Test
  void rebatesOfTheYearsThatTheVenueDoesNotTellAreLost() {
    lostUntil("2020-06-10T00:00:00Z", new Rebates(), NO_REBATES);
  }

  @Test
  void nothingIsLostOfTheTimeBeforeTheVenueOpened() {
    Stream deposits = new Deposits();
    assertEquals(List.of(), page(deposits, deposits.start(Instant.EPOCH), "[]").lost());
    Stream dust = new Dust();
    assertEquals(
        WindowPaging.OPENING,
        page(dust, dust.start(Instant.EPOCH), NO_DUST).lost().getFirst().from());
  }
}
