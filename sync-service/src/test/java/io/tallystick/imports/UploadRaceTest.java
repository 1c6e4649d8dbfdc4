package io.tallystick.imports;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Problem;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A file that arrives while the consent ends. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UploadRaceTest {
  private static final String WAITING =
      """
      select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where not l.granted and a.query like '%consent%'
      """;

  @Inject Desk desk;

  @Test
  void aFileIsKeptBeforeTheConsentEndsOrNotAtAll() {
    Desk.At at = desk.open();
    try (ExecutorService uploader = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> upload =
          at.account.in(tx -> {
            tx.sql("select 1 from consent where tenant_id = ? and holder_id = ? for update")
                .bind(tx.tenant(), at.account.holderKey)
                .list(row -> 1);
            Future<?> running =
                uploader.submit(() -> at.receive(Desk.name("C1.csv"), Desk.bytes("C1.csv")));
            await()
                .atMost(Duration.ofSeconds(20))
                .until(
                    () -> at.account.in(other -> other.sql(WAITING).first(r -> r.getLong(1))) > 0);
            tx.sql(
                    """
                    update consent set state = 'withdrawn', state_at = now()
                    where tenant_id = ? and holder_id = ?
                    """)
                .bind(tx.tenant(), at.account.holderKey)
                .update();
            return running;
          });
      ExecutionException refused = assertThrows(ExecutionException.class, upload::get);
      Problem problem = assertInstanceOf(Problem.class, refused.getCause());
      assertEquals(Problem.Kind.CONSENT_MISSING, problem.kind());
    }
    assertEquals(
        0, at.count("select count(*) from import_batch where tenant_id = ? and holder_id = ?"));
  }
}
