package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.venue.Denial;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.KeyVerdict.Excess;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BinanceRightsTest {
  static Set<String> forbidden() {
    return BinanceRights.forbiddenRights();
  }

  @Test
  void aKeyThatReadsAndNothingElseIsReadOnly() throws IOException {
    KeyVerdict.ReadOnly verdict = assertInstanceOf(KeyVerdict.ReadOnly.class, verdict(rights()));

    assertEquals(List.of("enableReading", "enableFixReadOnly"), verdict.rights());
    assertTrue(verdict.addressRestricted());
  }

  @Test
  void theShapeOfYearsAgoWithoutTheLaterRightsIsRead() throws IOException {
    ObjectNode rights = rights();
    rights.remove(
        List.of("enablePortfolioMarginTrading", "enableFixApiTrade", "enableFixReadOnly"));
    rights.put("ipRestrict", false);

    assertFalse(assertInstanceOf(KeyVerdict.ReadOnly.class, verdict(rights)).addressRestricted());
  }

  @Test
  @DisplayName("F37 the refused rights are all that the venue documents as changing state")
  void allDocumentedRightsAreRefused() {
    assertEquals(
        Set.of(
            "enableWithdrawals",
            "enableInternalTransfer",
            "permitsUniversalTransfer",
            "enableSpotAndMarginTrading",
            "enableMargin",
            "enableFutures",
            "enableVanillaOptions",
            "enablePortfolioMarginTrading",
            "enableFixApiTrade"),
        forbidden());
  }

  @ParameterizedTest
  @DisplayName("F37 a key with one right too many is refused and the right is named")
  @MethodSource("forbidden")
  void oneRightTooManyIsRefusedByName(String right) throws IOException {
    List<Excess> excess = excess(rights().put(right, true));

    assertEquals(List.of(right), excess.stream().map(Excess::right).toList());
    assertTrue(excess.getFirst().known());
    assertTrue(excess.getFirst().remedy().contains("API Management"));
  }

  @ParameterizedTest
  @DisplayName("F37 a right that is not plainly off counts as on")
  @MethodSource("forbidden")
  void aRightThatIsNotPlainlyOffCountsAsOn(String right) throws IOException {
    assertEquals(1, excess(rights().put(right, "false")).size());
    assertEquals(1, excess(rights().put(right, 0)).size());
    assertEquals(1, excess(rights().putNull(right)).size());
    ObjectNode nested = rights();
    nested.putObject(right).put("enabled", false);
    assertEquals(1, excess(nested).size());
  }

  @Test
  @DisplayName("F37 all excessive rights are named at once")
  void allExcessiveRightsAreNamedAtOnce() throws IOException {
    ObjectNode rights = rights();
    forbidden().forEach(right -> rights.put(right, true));
    rights.put("enableReading", false);

    assertEquals(List.copyOf(forbidden()), excess(rights).stream().map(Excess::right).toList());
  }

  @ParameterizedTest
  @DisplayName("F35 a right nobody documented is refused when it is on")
  @ValueSource(
      strings = {"enablePredictionTrading", "permitsEquity", "canStake", "tokenizedStocks"})
  void anUnknownRightThatIsOnIsRefused(String right) throws IOException {
    List<Excess> excess = excess(rights().put(right, true));

    assertEquals(List.of(right), excess.stream().map(Excess::right).toList());
    assertFalse(excess.getFirst().known());
    assertTrue(excess.getFirst().remedy().contains(right));
    assertInstanceOf(KeyVerdict.ReadOnly.class, verdict(rights().put(right, false)));
  }

  @Test
  @DisplayName("F35 an unknown right in another form than true is refused too")
  void anUnknownRightInAnotherFormIsRefused() throws IOException {
    assertEquals(1, excess(rights().put("enableStocks", 1)).size());
    assertEquals(1, excess(rights().put("stocks", "TRUE")).size());
    ObjectNode list = rights();
    list.putArray("permissions").add("STOCKS");
    assertEquals(1, excess(list).size());
    ObjectNode object = rights();
    object.putObject("more").put("stocks", true);
    assertEquals(1, excess(object).size());
  }

  @Test
  void factsThatAreNoRightsAreNoExcess() throws IOException {
    ObjectNode rights = rights();
    rights.put("lastUsedTime", 1783900000000L).put("label", "books").putNull("note");
    rights.putArray("extra");

    assertInstanceOf(KeyVerdict.ReadOnly.class, verdict(rights));
  }

  @Test
  void aKeyThatMayNotReadIsRejected() throws IOException {
    KeyVerdict expected = new KeyVerdict.Rejected(Denial.KEY_OR_ADDRESS_OR_RIGHT);

    assertEquals(expected, verdict(rights().put("enableReading", false)));
    assertEquals(expected, verdict(rights().put("enableReading", "true")));
    ObjectNode silent = rights();
    silent.remove("enableReading");
    assertEquals(expected, verdict(silent));
  }

  @Test
  void anAnswerThatDoesNotTellEverythingProvesNothing() throws IOException {
    ObjectNode rights = rights();
    rights.remove("enableWithdrawals");

    assertInstanceOf(KeyVerdict.Unverifiable.class, verdict(rights));
    for (String body : List.of("[]", "", "<html>", "{\"enableReading\":true", "null", "{}")) {
      assertInstanceOf(
          KeyVerdict.Unverifiable.class, new BinanceVenue().rights(Fixtures.ok(body)), body);
    }
    String twice = rights().toString().replace("}", ",\"enableWithdrawals\":true}");
    assertInstanceOf(
        KeyVerdict.Unverifiable.class, new BinanceVenue().rights(Fixtures.ok(twice)), twice);
  }

  private static ObjectNode rights() throws IOException {
    return (ObjectNode) Fixtures.JSON.readTree(Fixtures.bytes("api-restrictions.json"));
  }

  private static KeyVerdict verdict(ObjectNode rights) {
    return new BinanceVenue().rights(Fixtures.ok(rights.toString()));
  }

  private static List<Excess> excess(ObjectNode rights) {
    return assertInstanceOf(KeyVerdict.TooPowerful.class, verdict(rights)).rights();
  }
}
