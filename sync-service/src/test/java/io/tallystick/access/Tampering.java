package io.tallystick.access;

import io.tallystick.access.proof.Checkpoint;
import io.tallystick.access.proof.SignedNote;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

/** The ways in which a database superuser touches a log; each says where the first harm is. */
enum Tampering {
  HEADER_BYTE {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run(
          "update access_leaf set header = set_byte(header, %d, get_byte(header, %1$d) # %d) where"
              .formatted(random.nextInt(150), 1 << random.nextInt(8)));
      return at.position();
    }
  },
  BODY_BYTE {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run("update access_leaf set body = set_byte(body, 5, get_byte(body, 5) # 1) where");
      return at.position();
    }
  },
  WHAT_IS_SHOWN {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run(
          switch (random.nextInt(4)) {
            case 0 -> "update access_leaf set kind = 'consent.granted' where";
            case 1 -> "update access_leaf set consent_id = 99 where";
            case 2 -> "update access_leaf set connection_id = null where";
            default -> "update access_leaf set client_id = 4 where";
          });
      return at.position();
    }
  },
  BACK_DATE_WHAT_IS_SHOWN {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run("update access_leaf set recorded_at = recorded_at - interval '1 day' where");
      return at.position();
    }
  },
  BACK_DATE_HEADER {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      Forger.changeHeader(at.superuser(), at.position());
      return at.position();
    }
  },
  BACK_DATE_AND_REWRITE {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      Forger.changeHeader(at.superuser(), at.position());
      Forger.rehash(at.superuser());
      return at.position();
    }
  },
  DELETE_LEAF {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run("delete from access_leaf where");
      return at.position();
    }
  },
  DELETE_LEAF_AND_ITS_PLACE {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run("delete from access_leaf where", "delete from leaf_position where");
      return at.position();
    }
  },
  DELETE_ALL_TRACES {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run("delete from access_leaf where", "delete from leaf_position where");
      at.all("delete from log_position where position = " + at.position());
      return at.position();
    }
  },
  DELETE_AND_REWRITE {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run("delete from access_leaf where", "delete from leaf_position where");
      Forger.rehash(at.superuser());
      return at.position();
    }
  },
  HIDE_THE_LAST_LEAVES {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      String last =
          " where tenant_id = %d and leaf_id in (select leaf_id from leaf_position where"
              + " tenant_id = %1$d and position >= %d)";
      at.all(
          ("delete from access_leaf" + last).formatted(at.tenant(), at.position()),
          ("delete from leaf_position" + last).formatted(at.tenant(), at.position()));
      return at.position();
    }
  },
  SWAP_TWO {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      return at.swap();
    }
  },
  SWAP_TWO_AND_REWRITE {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      long first = at.swap();
      Forger.rehash(at.superuser());
      return first;
    }
  },
  TRUNCATE_THE_LOG {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.all("delete from log_position where position >= " + at.position());
      return at.position();
    }
  },
  TRUNCATE_TO_A_CHECKPOINT {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      long size = at.checkpointBelow();
      String behind = " where leaf_id in (select leaf_id from leaf_position where position >= ";
      at.all(
          "delete from log_checkpoint where size > " + size,
          "delete from access_leaf" + behind + size + ")",
          "delete from leaf_position where position >= " + size,
          "delete from log_position where position >= " + size);
      return size;
    }
  },
  CHANGE_A_STORED_HASH {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.all(
          "update log_position set leaf_hash = sha256(leaf_hash) where position = "
              + at.position());
      return at.position();
    }
  },
  MOVE_TO_ANOTHER_TENANT {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      at.run(
          "update access_leaf set tenant_id = tenant_id + 100 where",
          "update leaf_position set tenant_id = tenant_id + 100 where");
      return at.position();
    }
  },
  SWAP_A_CHECKPOINT {
    @Override
    long harm(Target at, RandomGenerator random) throws SQLException {
      long size = at.checkpointAbove();
      if (random.nextBoolean()) {
        at.all(
            "update log_checkpoint set note = (select note from log_checkpoint where size <> "
                + size
                + " order by size limit 1) where size = "
                + size);
      } else {
        TestKey own = TestKey.of(66);
        Checkpoint forged = Checkpoint.of(LogRig.ORIGIN, size, new byte[32]);
        SignedNote note =
            SignedNote.of(
                forged.text(),
                new SignedNote.Verifier(LogRig.ORIGIN, own.publicKey()),
                own.sign(forged));
        at.all(
            "update log_checkpoint set note = '%s' where size = %d".formatted(note.note(), size));
      }
      return size - 1;
    }
  };

  /** Does it; returns the first position that is no longer what was signed. */
  abstract long harm(Target at, RandomGenerator random) throws SQLException;

  /** A sealed leaf of a tenant, and another one of his. */
  record Target(Connection superuser, long tenant, long position, long other) {
    /** Statements that end in {@code where}: for the row of this leaf. */
    void run(String... statements) throws SQLException {
      String leaf = "";
      try (PreparedStatement find =
          superuser.prepareStatement("select leaf_id from leaf_position where position = ?")) {
        find.setLong(1, position);
        ResultSet row = find.executeQuery();
        row.next();
        leaf = row.getString(1);
      }
      for (String sql : statements) {
        all(sql + " leaf_id = '" + leaf + "'");
      }
    }

    /** Statements as they are; each has to hit something. */
    void all(String... statements) throws SQLException {
      try (Statement statement = superuser.createStatement()) {
        for (String sql : statements) {
          if (statement.executeUpdate(sql) == 0) {
            throw new IllegalStateException("this harms nothing: " + sql);
          }
        }
      }
    }

    long swap() throws SQLException {
      try (Statement statement = superuser.createStatement()) {
        statement.execute("drop index leaf_position_of_tenant");
      }
      all(
          "update leaf_position set position = %d + %d - position where position in (%1$d, %2$d)"
              .formatted(position, other));
      return Math.min(position, other);
    }

    long checkpointBelow() throws SQLException {
      return number("select max(size) from log_checkpoint where size <= " + position);
    }

    long checkpointAbove() throws SQLException {
      return number("select min(size) from log_checkpoint where size > " + position);
    }

    private long number(String sql) throws SQLException {
      try (Statement statement = superuser.createStatement()) {
        ResultSet row = statement.executeQuery(sql);
        row.next();
        return row.getLong(1);
      }
    }
  }
}
