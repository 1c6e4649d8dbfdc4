package io.tallystick.imports;

import static io.tallystick.imports.ImportApiTest.await;
import static io.tallystick.imports.ImportApiTest.base;
import static io.tallystick.imports.ImportApiTest.bytes;
import static io.tallystick.imports.ImportApiTest.take;
import static io.tallystick.imports.ImportApiTest.upload;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.ledger.Books;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/** What clients see while files come and go. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportChangesTest {
  @Inject Desk desk;
  @Inject Imports imports;
  @Inject Agenda agenda;
  @Inject Scheduler scheduler;

  @Test
  void aFileThatIsBeingTakenInIsNotTakenBackMeanwhile() {
    Desk.At at = desk.open();
    Books.Place place =
        new Books.Place(
            at.account.holderKey, at.on.key(), at.on.publicId(), new UUID(1, 1), Instant.EPOCH);
    String id = upload(at, "T2.csv", Desk.bytes("T2.csv")).path("id");
    await(at, id, "checked");
    at.account.in(tx -> {
      // Nothing is booked while this is held, so that the worker stands still.
      Books.hold(tx, place);
      at.account.tenant.as("tracker").post(base(at) + "/" + id + "/commit").then().statusCode(202);
      refusedToGo(at, id, "committing");
      return id;
    });
    await(at, id, "committed");
    at.account.tenant.as("tracker").delete(base(at) + "/" + id).then().statusCode(202);
    await(at, id, "undone");
  }

  private static void set(Desk.At at, Batch batch, String what) {
    at.account.in(tx ->
        tx.sql("update import_batch set " + what + " where tenant_id = ? and batch_id = ?")
            .bind(tx.tenant(), batch.id())
            .update());
  }

  @Test
  void aFileWhoseReadingNeverEndsCanBeDroppedAndBroughtAgain() {
    Desk.At at = desk.open();
    Batch checked = at.receive("T2.csv", Desk.bytes("T2.csv")).batch();
    set(at, checked, "state = 'checking'");
    Batch dropped = imports.undo(imports.find(at.link(), checked.id()));
    assertEquals(Batch.State.UNDONE, dropped.state());
    Reception.Received again = at.receive("T2.csv", Desk.bytes("T2.csv"));
    assertFalse(again.earlier());
    assertEquals(Batch.State.CHECKED, again.batch().state());
  }

  @Test
  void workThatFailsIsDueAgainALittleLater() throws SchedulerException {
    Desk.At at = desk.open();
    Batch checked = at.receive("T2.csv", Desk.bytes("T2.csv")).batch();
    // What is sealed cannot be opened any more: every worker fails at it.
    set(at, checked, "state = 'committing', described = 'x'::bytea");
    Batch committing = checked.to(Batch.State.COMMITTING, 0, Batch.Counts.NONE, null);
    QuarkusTransaction.requiringNew().run(() -> agenda.add(committing));
    agenda.look(committing);
    String name = at.account.tenant.id() + "/" + at.account.holderKey + "/" + checked.id();
    TriggerKey key = new TriggerKey(name, "imports");
    Awaitility.await()
        .until(() -> {
          Trigger trigger = scheduler.getTrigger(key);
          return trigger != null && "1".equals(trigger.getJobDataMap().getString("failures"));
        });
    assertTrue(scheduler.getTrigger(key).getNextFireTime().after(Date.from(Instant.now())));
    scheduler.unscheduleJob(key);
  }

  private static void refusedToGo(Desk.At at, String id, String state) {
    at.account
        .tenant
        .as("tracker")
        .delete(base(at) + "/" + id)
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("conflict"))
        .body("state", equalTo(state))
        .body("detail", equalTo("Wait until the import is through."));
  }

  @Test
  void anEntryThatBecameSeveralAnswersWithThem() {
    Desk.At at = desk.open();
    String entries = "/v1/entries?limit=100&connection=" + at.on.id();
    String whole =
        "2023-11-04 09:15:20,77001,BTCUSDT,LIMIT,BUY,34812.40,0.0165BTC,2023-11-04 09:15:27,"
            + "0.0165BTC,34812.40,574.4046USDT,FILLED";
    String header =
        "Date(UTC),OrderNo,Pair,Type,Side,Order Price,Order Amount,Time,Executed,Average Price,"
            + "Trading total,Status";
    take(at, "orders.csv", bytes(header + "\n" + whole + "\n"));
    List<String> added = at.account.get("tracker", entries).getList("items.id");
    assertEquals(1, added.size());
    String coarse = "/v1/entries/" + added.getFirst();
    assertEquals("settled", at.account.get("tracker", coarse).getString("state"));
    assertNull(at.account.get("tracker", coarse).getList("successors"));

    String fills =
        """
        Date(UTC),Pair,Side,Price,Executed,Amount,Fee
        2023-11-04 09:15:27,BTCUSDT,BUY,34812.40,0.0125BTC,435.155USDT,0.0003BNB
        2023-11-04 09:15:27,BTCUSDT,BUY,34812.40,0.004BTC,139.2496USDT,0.0001BNB
        """;
    String file = take(at, "trades.csv", bytes(fills)).getString("id");
    JsonPath gone = at.account.get("tracker", coarse);
    assertEquals("void", gone.getString("state"));
    assertEquals(List.of(), gone.getList("postings"));
    List<String> successors = gone.getList("successors");
    assertEquals(2, successors.size());
    for (String id : successors) {
      JsonPath fill = at.account.get("tracker", "/v1/entries/" + id);
      assertEquals(
          List.of("trade", "settled"), List.of(fill.getString("kind"), fill.getString("state")));
    }

    at.account.tenant.as("tracker").delete(base(at) + "/" + file).then().statusCode(202);
    await(at, file, "undone");
    JsonPath again = at.account.get("tracker", coarse);
    assertEquals("settled", again.getString("state"));
    assertNull(again.getList("successors"), "what stands has none");
  }
}
