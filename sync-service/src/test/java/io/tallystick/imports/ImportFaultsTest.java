package io.tallystick.imports;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.ImportRows.Noted;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files that are wrong, on purpose or by accident. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportFaultsTest {
  private static final String HEADER = "Date(UTC),Pair,Side,Price,Executed,Amount,Fee";
  private static final String GOOD = "2023-01-01 00:00:01,BTCUSDT,BUY,10,1BTC,10USDT,0.1BNB";

  @Inject Desk desk;
  @Inject LaidFiles files;

  private static Response upload(Desk.At at, String name, byte[] file) {
    return at.account
        .tenant
        .as("tracker")
        .header("x-file-name", name)
        .contentType("application/octet-stream")
        .body(file)
        .post(base(at));
  }

  private static String base(Desk.At at) {
    return "/v1/connections/" + at.on.id() + "/imports";
  }

  private static List<Noted> noted(Desk.At at, Batch batch) {
    return at.account.in(tx -> ImportRows.noted(tx, batch, ImportRows.Spot.BEFORE_ALL, 1000));
  }

  /**
   * One good row and these: all but the good one are listed as broken, and nothing of them is in.
   */
  private void onlyTheGoodRowGoesIn(String... rows) {
    Desk.At at = desk.open();
    Batch batch = at.take("trades.csv", HEADER + "\n" + GOOD + "\n" + String.join("\n", rows));
    assertEquals(1, batch.counts().added());
    assertEquals(rows.length, batch.counts().broken());
    List<Noted> noted = noted(at, batch);
    for (int i = 0; i < rows.length; i++) {
      assertEquals(i + 3, noted.get(i).line(), rows[i]);
      assertFalse(noted.get(i).remedy().isEmpty(), rows[i]);
    }
    Desk.At alone = desk.open();
    alone.take("trades.csv", HEADER, GOOD);
    assertEquals(alone.hash(), at.hash());
  }

  @Test
  @DisplayName("F20 times that cannot be are listed, and never become 1970 or the year 55000")
  void impossibleTimesStayOut() {
    onlyTheGoodRowGoesIn(
        GOOD.replace("2023-01-01 00:00:01", "1970-01-01 00:00:00"),
        GOOD.replace("2023-01-01 00:00:01", "9999-12-31 23:59:59"),
        GOOD.replace("2023-01-01 00:00:01", "2023-02-30 00:00:00"),
        GOOD.replace("2023-01-01 00:00:01", "2023-01-01 25:00:00"),
        GOOD.replace("2023-01-01 00:00:01", "1672531201000000000"));
  }

  @Test
  @DisplayName("F33 amounts outside the grammar cost their own row only")
  void monstrousAmountsStayOut() {
    onlyTheGoodRowGoesIn(
        GOOD.replace("1BTC", "1e99999999BTC"),
        GOOD.replace("1BTC", "NaNBTC"),
        GOOD.replace("10USDT", "InfinityUSDT"),
        GOOD.replace("10USDT", "\u0661\u0662\u0663USDT"),
        GOOD.replace("0.1BNB", "9".repeat(200) + "BNB"),
        GOOD.replace("1BTC", "-1BTC"));
  }

  @Test
  @DisplayName(
      "F71 F72 bombs and archives that lead elsewhere are refused before they are unpacked")
  void badArchivesAreRefused() throws IOException {
    Desk.At at = desk.open();
    for (String member : List.of("../../trades.csv", "/etc/trades.csv")) {
      byte[] zip = zip(member, (HEADER + "\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8));
      upload(at, "trades.zip", zip).then().statusCode(201).body("state", equalTo("refused"));
    }
    byte[] bomb = zip("trades.csv", new byte[64 << 20]);
    assertTrue(bomb.length < 200_000);
    upload(at, "bomb.zip", bomb).then().statusCode(201).body("state", equalTo("refused"));
    assertEquals(
        0,
        at.count("select count(*) from import_piece where tenant_id = ?" + " and holder_id = ?"),
        "what is refused is not kept");
  }

  private static byte[] zip(String member, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(member));
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  @DisplayName("F73 ten gigabytes are refused before they are sent")
  void tooLargeIsRefusedEarly() throws IOException {
    Desk.At at = desk.open();
    try (Socket socket = begin(at, "10737418240")) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
      assertTrue(answer.contains("\"max_bytes\":1073741824"), answer);
    }
  }

  @Test
  @DisplayName("F76 an upload that is cut off leaves neither an import nor a file behind")
  void cutUploadsLeaveNothing() throws IOException {
    Desk.At at = desk.open();
    long before = laidOut();
    byte[] half = (HEADER + "\n" + (GOOD + "\n").repeat(1000)).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = begin(at, Integer.toString(2 * half.length))) {
      socket.getOutputStream().write(half);
      socket.getOutputStream().flush();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> laidOut() > before);
    }
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> laidOut() <= before);
    assertEquals(
        0, at.count("select count(*) from import_batch where tenant_id = ? and holder_id = ?"));
  }

  @Test
  @DisplayName("F76 what a killed process left of an upload is gone after an hour")
  void whatWasLeftBehindIsSwept() throws IOException {
    Path left = aged(61);
    Path young = aged(59);
    File used = files.fresh();
    Files.setLastModifiedTime(used.toPath(), ago(300));
    Path sheet = Path.of(used + "-sheet1.part");
    Files.setLastModifiedTime(Files.createFile(sheet), ago(300));
    files.sweep();
    assertFalse(Files.exists(left));
    assertTrue(Files.deleteIfExists(sheet), "what was unpacked from it stays as long");
    assertTrue(Files.deleteIfExists(young));
    assertTrue(used.exists(), "a file that is being read stays, however long it takes");
    assertTrue(used.lastModified() > ago(1).toMillis(), "and looks young to other processes");
    files.drop(used);
    assertFalse(used.exists());
    Path another = aged(61);
    Desk.At at = desk.open();
    upload(at, "trades.csv", (HEADER + "\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8))
        .then()
        .statusCode(201);
    assertFalse(Files.exists(another), "an upload need not wait for the next round");
  }

  private static Path aged(int minutes) throws IOException {
    return Files.setLastModifiedTime(
        Files.createTempFile("tallystick-import", ".part"), ago(minutes));
  }

  private static FileTime ago(int minutes) {
    return FileTime.from(Instant.now().minus(Duration.ofMinutes(minutes)));
  }

  private static long laidOut() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("tallystick-import.*\\.part"))
          .count();
    }
  }

  /** Begins an upload of so many bytes. */
  private static Socket begin(Desk.At at, String length) throws IOException {
    Socket socket = new Socket("localhost", RestAssured.port);
    socket.setSoTimeout(20_000);
    OutputStream out = socket.getOutputStream();
    String head =
        "POST "
            + base(at)
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + at.account.tenant.token("tracker")
            + "\r\nContent-Type: application/octet-stream\r\nx-file-name: trades.csv\r\n"
            + "Content-Length: "
            + length
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  @Test
  @DisplayName("F74 a formula in a file is kept as it came, and a table of it is harmless")
  void formulasDoNothing() {
    Desk.At at = desk.open();
    at.take(
        "statement.csv",
        "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark",
        Desk.UID + ",2022-01-10 08:00:00,Spot,\"=HYPERLINK(\"\"x\"\")\",USDT,1,@SUM(A1)");
    assertEquals("1", at.balances().get("spot/USDT"));
    String entries = at.account.csv("tracker", "/v1/entries?limit=1000&connection=" + at.on.id());
    for (String cell : entries.split("[,\\r\\n]+")) {
      assertFalse(cell.matches("[=@+\\t].*"), cell);
    }
  }

  @Test
  @DisplayName("F77 rows of another account stay out and are named")
  void rowsOfAnotherAccountStayOut() {
    Desk.At at = desk.open();
    String header = "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark";
    Batch batch =
        at.take(
            "statement.csv",
            header,
            Desk.UID + ",2022-01-10 08:00:00,Spot,Deposit,USDT,1,",
            "123456789,2022-01-10 09:00:00,Spot,Deposit,USDT,7,");
    assertEquals("1", at.balances().get("spot/USDT"));
    assertEquals(1, batch.counts().broken());
    Noted foreign = noted(at, batch).getFirst();
    assertEquals(3, foreign.line());
    assertEquals("foreign", foreign.outcome());
  }

  @Test
  @DisplayName("F77 two equal rows of one file are two events, and overlapping files their union")
  void equalRowsAreAsManyEvents() {
    Desk.At at = desk.open();
    assertEquals(2, at.take("one.csv", HEADER, GOOD, GOOD).counts().added());
    String other = GOOD.replace("00:00:01", "00:00:02");
    Batch overlap = at.take("two.csv", HEADER, GOOD, other);
    assertEquals(1, overlap.counts().added());
    assertEquals(1, overlap.counts().matched());
    assertEquals("3", at.balances().get("spot/BTC"));
  }
}
