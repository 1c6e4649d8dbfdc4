package io.tallystick.venue.ecb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallystick.venue.Venue.Rate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcbRatesTest {
  // The shape of the bank's file; the figures are made up.
  private static final String FILE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
          xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        <gesmes:subject>Reference rates</gesmes:subject>
        <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
        <Cube>
          <Cube time="2025-02-04"><Cube currency="USD" rate="1.0335"/></Cube>
          <Cube time="2025-02-03">
            <Cube currency="USD" rate="1.0274"/><Cube currency="JPY" rate="158.94"/>
          </Cube>
        </Cube>
      </gesmes:Envelope>
      """;

  private static List<Rate> read(String text) {
    return EcbRates.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void eachRateHasItsDayAndIsForOneEuro() {
    assertEquals(
        List.of(
            new Rate(LocalDate.of(2025, 2, 4), "USD", new BigDecimal("1.0335")),
            new Rate(LocalDate.of(2025, 2, 3), "USD", new BigDecimal("1.0274")),
            new Rate(LocalDate.of(2025, 2, 3), "JPY", new BigDecimal("158.94"))),
        read(FILE));
  }

  @Test
  void whatIsNotTheBanksFormGivesNoRatesAtAll() {
    for (String broken :
        List.of(
            "",
            "<html></html>",
            FILE.replace("1.0274", "1,0274"),
            FILE.replace("1.0274", "-1"),
            FILE.replace("2025-02-03", "yesterday"),
            FILE.replace(" time=\"2025-02-04\"", ""),
            FILE.substring(0, FILE.length() / 2))) {
      assertThrows(IllegalArgumentException.class, () -> read(broken), broken);
    }
  }

  @Test
  void nothingOutsideTheDocumentIsRead() {
    String entity =
        FILE.replace(
            "<gesmes:Envelope xmlns:gesmes",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>\n"
                + "<gesmes:Envelope xmlns:gesmes");
    assertThrows(IllegalArgumentException.class, () -> read(entity));
  }
}
