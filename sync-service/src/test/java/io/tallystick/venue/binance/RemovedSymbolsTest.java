package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.market.Market;
import io.tallystick.venue.RemovedMarket;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The file of symbols that are gone. */
class RemovedSymbolsTest {
  @Test
  void everyLineOfTheVenuesFileIsDatedAndSourced() {
    for (RemovedMarket gone : RemovedSymbols.of("production")) {
      assertTrue(gone.source().startsWith("https://"), gone.toString());
      assertEquals(gone.market().base() + gone.market().quote(), gone.market().symbol());
      assertTrue(gone.removedOn().isAfter(LocalDate.parse("2017-07-01")), gone.toString());
    }
  }

  @Test
  void anEnvironmentWithoutAFileHasNone() {
    assertEquals(List.of(), RemovedSymbols.of("testnet"));
  }

  @Test
  void theSandboxsFileHasWhatItsMarketHasLost() {
    Map<String, RemovedMarket> told =
        RemovedSymbols.of("sandbox").stream()
            .collect(Collectors.toMap(gone -> gone.market().symbol(), Function.identity()));
    for (int[] size : new int[][] {{160, 12}, {3_000, 500}}) {
      Market.of(1, size[0], size[1])
          .removed()
          .forEach(gone -> {
            RemovedMarket line = told.get(gone.symbol());
            assertTrue(line != null, gone.symbol());
            assertEquals(gone.base().name(), line.market().base());
            assertEquals(gone.quote().name(), line.market().quote());
          });
    }
  }

  @Test
  void aLineWithoutDayOrSourceIsRefused() {
    String head = "symbol,base,quote,removed_on,source\n";
    assertThrows(RuntimeException.class, () -> RemovedSymbols.read(head + "AB,A,B,2020-01-01\n"));
    assertThrows(RuntimeException.class, () -> RemovedSymbols.read(head + "AB,A,B,soon,x\n"));
    assertThrows(RuntimeException.class, () -> RemovedSymbols.read(head + "AB,A,B,2020-01-01,\n"));
  }
}
