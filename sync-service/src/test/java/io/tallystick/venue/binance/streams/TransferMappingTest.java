package io.tallystick.venue.binance.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryState;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.Fixtures;
import io.tallystick.venue.binance.reading.Movement;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How deposits and withdrawals are read: the fields that decide. */
final class TransferMappingTest {
  private static final String DEPOSIT =
      """
      {"id":"1","amount":"5","coin":"BTC","network":"BTC","status":1,"address":"a","txId":"t",\
      "insertTime":1735689600123,"transferType":0,"walletType":0}\
      """;
  private static final String WITHDRAWAL =
      """
      {"id":"w","amount":"5","transactionFee":"0.5","coin":"BTC","network":"BTC","status":6,\
      "address":"a","txId":"t","applyTime":"2025-01-01 00:00:00","transferType":0,"walletType":0}\
      """;

  private final Stream deposits = new Deposits();
  private final Stream withdrawals = new Withdrawals();

  @ParameterizedTest
  @CsvSource({"0,PENDING", "8,PENDING", "1,SETTLED", "6,SETTLED", "2,FAILED", "7,FAILED"})
  void depositsAreBookedByTheirStatus(int status, EntryState state) {
    Entry entry = booked(deposits, DEPOSIT.replace("\"status\":1", "\"status\":" + status));
    assertEquals(state, entry.state());
    assertEquals(state == EntryState.SETTLED ? 1 : 0, entry.postings().size());
  }

  @ParameterizedTest
  @CsvSource({
    "0,PENDING",
    "2,PENDING",
    "4,PENDING",
    "6,SETTLED",
    "1,FAILED",
    "3,FAILED",
    "5,FAILED"
  })
  void withdrawalsAreBookedByTheirStatus(int status, EntryState state) {
    Entry entry = booked(withdrawals, WITHDRAWAL.replace("\"status\":6", "\"status\":" + status));
    assertEquals(state, entry.state());
    assertEquals(state == EntryState.SETTLED ? 2 : 0, entry.postings().size());
  }

  @Test
  @DisplayName("F30 a status or wallet nobody documented leaves the row unread, and visible")
  void unknownStatusAndWalletAreUnread() {
    for (String status : List.of("3", "9", "-1", "4294967297", "99")) {
      assertEquals(
          "status is not a documented one",
          unread(deposits, DEPOSIT.replace("\"status\":1", "\"status\":" + status)));
    }
    assertEquals(
        "status is not a documented one",
        unread(withdrawals, WITHDRAWAL.replace("\"status\":6", "\"status\":7")));
    assertEquals(
        "walletType is not a documented one",
        unread(deposits, DEPOSIT.replace("\"walletType\":0", "\"walletType\":2")));
    assertEquals(
        "walletType is not a documented one",
        unread(withdrawals, WITHDRAWAL.replace("\"walletType\":0", "\"walletType\":2")));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, none",
        "'', none",
        "' ', none",
        "-, none",
        "--, none",
        "Internal transfer 12, internal transfer 12",
        "Off-chain Transfer 12, internal transfer 12",
        "---, none",
        "5VERYbase58CaseMatters, 5VERYbase58CaseMatters",
        "abc:1, abc:1"
      })
  void txidsAreWrittenAsAllSourcesCanAgree(String text, String expected) {
    assertEquals(expected, Movement.txid(text));
  }

  @Test
  void hexadecimalTxidsLosePrefixOutputNumberAndCase() {
    String hash = "ABCDEF0123456789".repeat(4);
    String plain = hash.toLowerCase(Locale.ROOT);
    assertEquals(plain, Movement.txid("0x" + hash));
    assertEquals(plain, Movement.txid(hash + ":12"));
    assertEquals(plain, Movement.txid(plain));
    assertEquals(hash + "A", Movement.txid(hash + "A"));
  }

  @Test
  void aNetworkThatIsNoWordIsUnknownAsAnAccount() {
    Entry entry = booked(deposits, DEPOSIT.replace("\"network\":\"BTC\"", "\"network\":\"a/@ b\""));
    assertEquals(List.of("external/unknown -> venue/@/spot 5 BTC"), lines(entry));
    assertEquals("a/@ b", entry.network());
  }

  @Test
  void theTxidDecidesTheIdentityAndTheSecondOnlyWithoutOne() {
    Entry later = booked(deposits, DEPOSIT.replace("0123", "9999"));
    assertEquals(booked(deposits, DEPOSIT).identity().parts(), later.identity().parts());
    String without = DEPOSIT.replace("\"txId\":\"t\"", "\"txId\":\"\"");
    assertEquals(
        List.of("BTC", "at 2025-01-01T00:00:00Z", "5"),
        booked(deposits, without).identity().parts());
    assertNull(booked(deposits, without).identity().second());
    assertNotEquals(
        booked(deposits, DEPOSIT).identity().fact(),
        booked(withdrawals, WITHDRAWAL).identity().fact());
  }

  @Test
  @DisplayName("F33 a deposit or withdrawal of a monstrous amount is unread at once")
  void monstrousAmountsAreUnread() {
    for (String bad : List.of("1e99999999", "\"1e99999999\"", "\"-1\"", "\"NaN\"")) {
      unread(deposits, DEPOSIT.replace("\"amount\":\"5\"", "\"amount\":" + bad));
      unread(withdrawals, WITHDRAWAL.replace("\"0.5\"", bad));
    }
  }

  private static Reading map(Stream stream, String row) {
    return stream.map(Fixtures.partition(stream), row.getBytes(UTF_8), Fixtures.SEEN);
  }

  private static Entry booked(Stream stream, String row) {
    return assertInstanceOf(Reading.Booked.class, map(stream, row), row).entry();
  }

  private static String unread(Stream stream, String row) {
    return assertInstanceOf(Reading.Unread.class, map(stream, row), row).why();
  }

  private static List<String> lines(Entry entry) {
    return entry.postings().stream()
        .map(posting ->
            posting.from().path()
                + " -> "
                + posting.to().path()
                + " "
                + Decimals.text(posting.amount())
                + " "
                + posting.asset())
        .toList();
  }
}
