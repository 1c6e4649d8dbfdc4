package io.tallystick.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Transfers;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A holder whose raw records went before he did: what is told again is what is booked. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ArrivedWithoutRecordsTest {
  private static final Instant THEN = Instant.now().minus(Duration.ofDays(3));

  @Inject BookedAccount.Maker maker;
  @Inject Guests guests;
  @Inject Seals seals;

  private static void told(BookedAccount account) {
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("d1", 1, THEN)));
  }

  private void eraseRecords(BookedAccount account) {
    seals.destroy(account.holderKey, RetentionClass.RAW);
    account.in(tx -> {
      tx.sql(
              """
              insert into erased_class (tenant_id, holder_id, class, requested_at, cause,
                requested_by)
              values (?, ?, ?, clock_timestamp(), 'request', 0)
              """)
          .bind(tx.tenant(), account.holderKey, RetentionClass.RAW.code())
          .update();
      return tx.sql("select remove_erased(?, 'raw')").bind(account.holderKey).list(row -> 1);
    });
  }

  @Test
  void whatIsToldAgainWhereHeArrivesCountsOnce() {
    BookedAccount account = maker.fresh();
    told(account);
    eraseRecords(account);
    BookedAccount guest = guests.arrived(Guests.export(account));
    String hash = guest.hash();
    assertEquals(account.hash(), hash);
    told(guest);
    assertEquals(
        1, guest.get("tracker", "/v1/transfers?holder=" + guest.holder).getList("items").size());
    assertEquals(hash, guest.hash());
  }
}
