package io.tallystick.valuation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The euro's reference rates as the central bank's file has them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RatesFileTest {
  private static final String CURRENCIES =
      "USD,JPY,BGN,CYP,CZK,DKK,EEK,GBP,HUF,LTL,LVL,MTL,PLN,ROL,RON,SEK,SIT,SKK,CHF,ISK,NOK,HRK,RUB,"
          + "TRL,TRY,AUD,BRL,CAD,CNY,HKD,IDR,ILS,INR,KRW,MXN,MYR,NZD,PHP,SGD,THB,ZAR";

  @Inject BookedAccount.Maker maker;

  /** All days since 1999, most columns of which name what is no longer quoted. */
  private static String history() {
    StringBuilder text = new StringBuilder("Date," + CURRENCIES + ",\n");
    String line = ",1.0836" + ",N/A".repeat(40) + ",\n";
    for (LocalDate day = LocalDate.of(2026, 11, 20);
        day.getYear() > 1998;
        day = day.minusDays(day.getDayOfWeek() == DayOfWeek.MONDAY ? 3 : 1)) {
      text.append(day).append(line);
    }
    return text.toString();
  }

  @Test
  void theWholeHistoryIsTakenAsItIs() {
    String history = history();
    assertTrue(history.length() > 1 << 20);
    int lines =
        maker
            .fresh()
            .tenant
            .as("accountant")
            .contentType("application/json")
            .body(Map.of("csv", history, "form", "euro-rates"))
            .post("/v1/price-files")
            .then()
            .statusCode(201)
            .extract()
            .path("lines");
    assertTrue(lines > 7_000, lines + " lines");
  }
}
