package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BinaryArrayTest {
  private static final long SEED = 2_951;
  private static final String BINARY = "1000,1009,1185,1231,2951";

  @Test
  void theServerReadsTheSameInBinaryFormAndAsText() throws SQLException {
    Random random = new Random(SEED);
    UUID[] ids = new UUID[50];
    OffsetDateTime[] times = new OffsetDateTime[50];
    Boolean[] flags = new Boolean[50];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new UUID(random.nextLong(), random.nextLong());
      // 1900 to 2100, the middle between two microseconds among them.
      long second = random.nextLong(-2_208_988_800L, 4_102_444_800L);
      int nanos = random.nextInt(1_000_000) * 1_000 + random.nextInt(4) * 250;
      times[i] = Instant.ofEpochSecond(second, nanos).atOffset(ZoneOffset.UTC);
      flags[i] = random.nextBoolean();
    }
    assertSame("select ?::uuid[]::text", ids);
    assertSame("select ?::timestamptz[]::text", times);
    assertSame("select ?::boolean[]::text", flags);
    Instant[] instants =
        Arrays.stream(times).map(OffsetDateTime::toInstant).toArray(Instant[]::new);
    assertSame("select ?::timestamptz[]::text", instants);
    assertEquals(
        read("select ?::timestamptz[]::text", times, BINARY),
        read("select ?::timestamptz[]::text", instants, BINARY));
  }

  @Test
  void textsKeepEveryCharacter() throws SQLException {
    Random random = new Random(SEED);
    String letters = "aZ09,{}\"\\ \n'ß€𝄞";
    @Nullable String[] texts = new String[500];
    for (int i = 0; i < texts.length; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(12), 0, letters.codePointCount(0, letters.length()))
          .map(at -> letters.codePointAt(letters.offsetByCodePoints(0, at)))
          .forEach(text::appendCodePoint);
      texts[i] = random.nextInt(10) == 0 ? null : text.toString();
    }
    texts[0] = "null";
    assertSame("select ?::text[]::text", texts);
    assertSame(
        "select ?::text[]::text", new String[] {"plain", "€€€€€€€€€€€€€€€€€€€€€€€€", "plain"});
    assertSame("select ?::text[]::text", new String[0]);
    // One long text among many: as much memory as all of them need, not each the longest.
    @Nullable String[] uneven = new String[100_000];
    uneven[7] = "x".repeat(100_000);
    assertSame("select ?::text[]::text", uneven);
  }

  @Test
  void amountsKeepEveryDigitAndTheirScale() throws SQLException {
    Random random = new Random(SEED);
    BigDecimal[] amounts = new BigDecimal[2_000];
    for (int i = 0; i < amounts.length; i++) {
      // As long as amounts are as a rule, or any length.
      boolean usual = random.nextBoolean();
      BigInteger digits = new BigInteger(random.nextInt(usual ? 61 : 180), random);
      BigDecimal amount =
          new BigDecimal(digits, random.nextInt(usual ? 18 : 60) - (usual ? 0 : 15));
      amounts[i] = random.nextBoolean() ? amount : amount.negate();
    }
    amounts[0] = BigDecimal.ZERO;
    amounts[1] = new BigDecimal("0.00000000");
    amounts[2] = new BigDecimal("1E+15");
    amounts[3] = new BigDecimal("9999.9999");
    amounts[4] = new BigDecimal("10000.00010000");
    amounts[5] = new BigDecimal("-0.0000000000000000000000000000001");
    amounts[6] = new BigDecimal("999999999999999999");
    amounts[7] = new BigDecimal("-99.9999999999999999");
    amounts[8] = new BigDecimal("0.0000000000000001");
    amounts[9] = new BigDecimal("0.00000000000000001");
    amounts[10] = new BigDecimal("100000000.0");
    assertSame("select ?::numeric[]::text", amounts);
    assertSame("select ?::numeric[]::text", new BigDecimal[0]);
    @Nullable BigDecimal[] some = {null, BigDecimal.ONE, null};
    assertSame("select ?::numeric[]::text", some);
  }

  @Test
  void anArrayMayHoldNothingOrNulls() throws SQLException {
    assertSame("select ?::uuid[]::text", new UUID[0]);
    assertSame("select ?::boolean[]::text", new Boolean[0]);
    assertSame("select ?::timestamptz[]::text", new OffsetDateTime[0]);
    @Nullable UUID[] ids = {null, new UUID(1, 2), null};
    @Nullable Boolean[] flags = {true, null, false};
    @Nullable OffsetDateTime[] times = {null, OffsetDateTime.parse("2026-01-01T00:00:00Z")};
    assertSame("select ?::uuid[]::text", ids);
    assertSame("select ?::boolean[]::text", flags);
    assertSame("select ?::timestamptz[]::text", times);
  }

  private static void assertSame(String query, Object array) throws SQLException {
    assertEquals(read(query, array, ""), read(query, array, BINARY), "seed " + SEED);
  }

  private static @Nullable String read(String query, Object array, String binary)
      throws SQLException {
    DatabaseAccess access = TestDatabase.shared();
    Properties properties = new Properties();
    properties.setProperty("user", access.app().user());
    properties.setProperty("password", TestDatabase.text(access.app()));
    properties.setProperty(
        binary.isEmpty() ? "binaryTransferDisable" : "binaryTransferEnable",
        binary.isEmpty() ? "1009" : binary);
    try (Connection connection = DriverManager.getConnection(access.url(), properties)) {
      return new Sql(connection, query).bind(array).first(row -> row.getString(1));
    }
  }
}
