package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Ids;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdOrderTest {
  private static final long SEED = 4_177;

  @Test
  void theFirstAndTheLastOfIdsEncloseThemInTheDatabasesOrder() throws SQLException {
    Random random = new Random(SEED);
    DatabaseAccess access = TestDatabase.shared();
    try (Connection connection =
        DriverManager.getConnection(
            access.url(), access.app().user(), TestDatabase.text(access.app()))) {
      for (int round = 0; round < 20; round++) {
        List<UUID> ids = new ArrayList<>();
        long high = random.nextLong();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
          // Of one time, or of any; with all bits in any place.
          ids.add(new UUID(random.nextBoolean() ? high : random.nextLong(), random.nextLong()));
        }
        Long outside =
            new Sql(
                    connection,
                    "select count(*) from unnest(?::uuid[]) as one(id)"
                        + " where id not between ?::uuid and ?::uuid")
                .bind((Object) ids.toArray(UUID[]::new))
                .bind(Ids.lowest(ids), Ids.highest(ids))
                .first(row -> row.getLong(1));
        assertEquals(0, outside, "seed " + SEED + ": " + ids);
      }
    }
  }
}
