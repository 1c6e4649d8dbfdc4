package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.connection.ConnectionState;
import io.tallystick.connection.Link;
import io.tallystick.connection.Uids;
import io.tallystick.imports.Batch.State;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.LedgerHash;
import io.tallystick.records.BookedAccount;
import io.tallystick.vault.Seals;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Brings files to an account, as its holder would. */
@ApplicationScoped
public class Desk {
  /** The account that the fixtures are of. */
  static final String UID = "900123456";

  private static final String FIXTURES = "/io/tallystick/venue/binance/exports/fixtures/";

  final Reception reception;
  final Imports imports;
  final Seals seals;
  final BookedAccount.Maker maker;

  Desk(Reception reception, Imports imports, Seals seals, BookedAccount.Maker maker) {
    this.reception = reception;
    this.imports = imports;
    this.seals = seals;
    this.maker = maker;
  }

  /** Answers the questions about a file. */
  Reception.Received answer(Batch batch, Map<String, String> answers) {
    try {
      return settled(reception.answer(batch, answers));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  // The service's own worker is at it too: whoever comes first does each step.
  private Reception.Received settled(Reception.Received received) throws IOException {
    return new Reception.Received(
        finished(received.batch()), received.earlier(), received.questions());
  }

  private Batch finished(Batch batch) throws IOException {
    Batch at = imports.find(batch.link(), batch.id());
    while (at.isUnderWay()) {
      at = imports.work(at);
    }
    return at;
  }

  /** Works on an import until it waits for a person, as a worker does where one runs. */
  public void work(Link link, String imported) throws IOException {
    finished(imports.find(link, Objects.requireNonNull(PublicIds.imported(imported)).id()));
  }

  /** A fresh account whose uid is that of the fixtures. */
  At open() {
    return open(Arrays.stream(Domain.values()).map(Domain::code).toList());
  }

  /** A fresh account whose consent covers these domains. */
  At open(List<String> domains) {
    return open(domains, UID);
  }

  /** A fresh account of another uid, under a consent for everything. */
  At of(String uid) {
    return open(Arrays.stream(Domain.values()).map(Domain::code).toList(), uid);
  }

  private At open(List<String> domains, String uid) {
    BookedAccount account = maker.fresh(domains, 3650);
    return new At(
        account, account.connect(Uids.publicId(seals, uid), account.connection.consent()));
  }

  /** An account with files brought to one of its connections. */
  final class At {
    final BookedAccount account;
    final BookedAccount.Connected on;

    At(BookedAccount account, BookedAccount.Connected on) {
      this.account = account;
      this.on = on;
    }

    /** Another account of the same holder, under the same consent. */
    At beside(String uid) {
      return new At(
          account, account.connect(Uids.publicId(seals, uid), account.connection.consent()));
    }

    Link link() {
      return new Link(
          account.tenant.id(),
          account.holderKey,
          on.key(),
          on.publicId(),
          Objects.requireNonNull(PublicIds.consent(account.connection.consent())).key(),
          "binance",
          "sandbox",
          ConnectionState.ACTIVE,
          null,
          "read_only");
    }

    Reception.Received receive(String name, byte[] bytes) {
      Path file = null;
      try {
        file = Files.createTempFile("upload", ".tmp");
        Files.write(file, bytes);
        return receive(name, file);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } finally {
        if (file != null) {
          file.toFile().delete();
        }
      }
    }

    Reception.Received receive(String name, Path file) throws IOException {
      return settled(
          reception.receive(link(), account.tenant.clientId("tracker"), file.toFile(), name));
    }

    Reception.Received receive(String name, String... lines) {
      return receive(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a file in to the end. */
    Batch take(String name, byte[] bytes) {
      Reception.Received received = receive(name, bytes);
      if (received.earlier()) {
        return received.batch();
      }
      assertEquals(State.CHECKED, received.batch().state(), name + received.questions());
      return finish(imports.commit(received.batch()));
    }

    Batch take(String name, String... lines) {
      return take(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a fixture in under the name its owner gave it. */
    Batch fixture(String file) {
      return take(name(file), bytes(file));
    }

    /** Lets the service's own worker take a checked file in. */
    Batch leave(Batch checked) throws InterruptedException {
      Batch now = imports.commit(checked);
      while (now.isUnderWay()) {
        TimeUnit.MILLISECONDS.sleep(200);
        now = imports.find(link(), now.id());
      }
      assertEquals(State.COMMITTED, now.state());
      return now;
    }

    Batch undo(Batch batch) {
      return finish(imports.undo(imports.find(link(), batch.id())));
    }

    private Batch finish(Batch batch) {
      try {
        return finished(batch);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** A number that the database tells of the holder. */
    long count(String sql) {
      return account.in(tx ->
          Objects.requireNonNull(
              tx.sql(sql).bind(tx.tenant(), account.holderKey).first(row -> row.getLong(1))));
    }

    String hash() {
      return account.in(tx -> LedgerHash.of(tx, account.holderKey, on.key()));
    }

    /** What the wallets hold by the books. */
    Map<String, String> balances() {
      Map<String, String> balances = new TreeMap<>();
      account.in(tx ->
          tx.sql(
                  """
                  select split_part(a.path, '/', 3) || '/' || s.code, sum(b.delta)
                  from balance b
                  join account a on a.tenant_id = b.tenant_id and a.holder_id = b.holder_id
                    and a.account_id = b.account_id
                  join asset s on s.asset_id = b.asset_id
                  where b.tenant_id = ? and b.holder_id = ? and a.path like 'venue/%'
                  group by 1 having sum(b.delta) <> 0
                  """)
              .bind(tx.tenant(), account.holderKey)
              .list(row ->
                  balances.put(
                      row.getString(1),
                      row.getBigDecimal(2).stripTrailingZeros().toPlainString())));
      return balances;
    }
  }

  static byte[] bytes(String fixture) {
    try (InputStream in = Desk.class.getResourceAsStream(FIXTURES + fixture)) {
      return Objects.requireNonNull(in, fixture).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name that a fixture had when it was downloaded. */
  static String name(String fixture) {
    return new String(bytes("index.txt"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(fixture + "|"))
        .map(line -> line.split("\\|", -1)[1])
        .findFirst()
        .orElseThrow();
  }
}
