package io.tallystick.venue.ecb;

import io.tallystick.kernel.Decimals;
import io.tallystick.venue.Venue.Rate;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the bank's XML: a {@code Cube} with {@code time} for each day, in it one with {@code
 * currency} and {@code rate} for each currency, in units for one euro. Nothing outside the document
 * is ever fetched, and a document type is not accepted.
 */
final class EcbRates {
  private static final String CUBE = "Cube";

  private EcbRates() {}

  /** The rates; throws IllegalArgumentException when anything is not in the documented form. */
  static List<Rate> read(byte[] body) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<Rate> rates = new ArrayList<>();
    LocalDate day = null;
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      while (in.hasNext()) {
        int event = in.next();
        if (event == XMLStreamConstants.DTD) {
          throw new IllegalArgumentException("a document type");
        }
        if (event != XMLStreamConstants.START_ELEMENT || !CUBE.equals(in.getLocalName())) {
          continue;
        }
        String time = in.getAttributeValue(null, "time");
        day = time == null ? day : LocalDate.parse(time);
        String currency = in.getAttributeValue(null, "currency");
        if (currency == null) {
          continue;
        }
        BigDecimal rate = Decimals.parse(in.getAttributeValue(null, "rate"));
        if (day == null || rate == null || rate.signum() <= 0) {
          throw new IllegalArgumentException("a rate without day or amount");
        }
        rates.add(new Rate(day, currency, rate));
      }
    } catch (XMLStreamException | DateTimeParseException e) {
      throw new IllegalArgumentException("not the bank's XML", e);
    }
    if (rates.isEmpty()) {
      throw new IllegalArgumentException("no rates");
    }
    return rates;
  }
}
