package io.tallystick.records;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.access.AccessLog;
import io.tallystick.evidence.Evidence;
import io.tallystick.evidence.Kept;
import io.tallystick.evidence.Origin;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.Claimed;
import io.tallystick.ledger.LedgerHash;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import io.tallystick.venue.binance.Fixtures;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A tenant of its own with a holder, a consent and a connection, whose books a test fills with
 * records by the way that a page takes, without a venue.
 */
public final class BookedAccount {
  /** All domains that first streams read. */
  public static final List<String> ALL =
      List.of("balances", "trades", "orders", "deposits", "withdrawals");

  private final Maker maker;

  /** The tenant. */
  public final TestTenant tenant;

  /** Internal and public id of the holder. */
  public final long holderKey;

  /** Public id of the holder. */
  public final String holder;

  /** The connection that the books are of. */
  public final Connected connection;

  /** Makes accounts inside the running application. */
  @ApplicationScoped
  public static class Maker {
    final Provisioning provisioning;
    final Transactions transactions;
    final Books books;
    final Evidence evidence;
    final AccessLog log;

    Maker(
        Provisioning provisioning,
        Transactions transactions,
        Books books,
        Evidence evidence,
        AccessLog log) {
      this.provisioning = provisioning;
      this.transactions = transactions;
      this.books = books;
      this.evidence = evidence;
      this.log = log;
    }

    /** An account under a consent for everything, for ten years back. */
    public BookedAccount fresh() {
      return fresh(ALL, 3650);
    }

    /** The account behind a connection that was made through the service. */
    public BookedAccount behind(
        TestTenant tenant, String holder, String connection, String consent) {
      PublicIds.Keyed id = Objects.requireNonNull(PublicIds.connection(connection));
      UUID known =
          transactions.as(
              tenant.id(),
              tx ->
                  Objects.requireNonNull(
                      tx.sql("select public_id from connection where connection_id = ?")
                          .bind(id.key())
                          .first(row -> row.getObject(1, UUID.class))));
      return new BookedAccount(
          this, tenant, holder, new Connected(id.key(), connection, known, consent));
    }

    /** An account under a consent for these domains that looks back so many days. */
    public BookedAccount fresh(List<String> domains, int lookBackDays) {
      return new BookedAccount(this, TestTenant.fresh(provisioning), domains, lookBackDays);
    }
  }

  private BookedAccount(Maker maker, TestTenant tenant, String holder, Connected connection) {
    this.maker = maker;
    this.tenant = tenant;
    this.holder = holder;
    this.holderKey = Objects.requireNonNull(PublicIds.holder(holder));
    this.connection = connection;
  }

  /** A connection and the consent that opens it. */
  public record Connected(long key, String id, UUID publicId, String consent) {}

  private BookedAccount(Maker maker, TestTenant tenant, List<String> domains, int lookBackDays) {
    this.maker = maker;
    this.tenant = tenant;
    holder = post("/v1/holders", "{\"reference\": \"ada\"}").path("id");
    holderKey = Objects.requireNonNull(PublicIds.holder(holder));
    connection = connect("account", consent(domains, lookBackDays));
  }

  /** Records a consent that names tracker and accountant. */
  public String consent(List<String> domains, int lookBackDays) {
    String names = domains.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    return post(
            "/v1/consents",
            """
            {"holder": "%s", "recipients": ["%s", "%s"], "purposes": ["portfolio", "tax"],
             "domains": [%s], "look_back_days": %s, "expires_at": "%s",
             "jurisdiction": "DE", "given": {"by": "holder", "method": "signed-form",
             "notice": {"version": "1", "language": "en", "words": "We read your account."}}}
            """
                .formatted(
                    holder,
                    tenant.publicClient("tracker"),
                    tenant.publicClient("accountant"),
                    names,
                    Integer.toString(lookBackDays),
                    Instant.now().plus(Duration.ofDays(100))))
        .path("id");
  }

  /** Puts a connection under a consent; the same name gives the same public id in any tenant. */
  public Connected connect(String name, String consent) {
    return connect(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), consent);
  }

  /** Puts a connection of this public id under a consent. */
  public Connected connect(UUID publicId, String consent) {
    long key = Digests.key63("connection", holderKey, publicId);
    long consentKey = Objects.requireNonNull(PublicIds.consent(consent)).key();
    in(tx ->
        tx.sql(
                """
                insert into connection (tenant_id, holder_id, connection_id, public_id,
                  consent_id, venue, environment, uid_sealed, state, state_at, key_kind,
                  key_origin, rights_verdict, rights, rights_checked_at, created_at)
                values (?, ?, ?, ?, ?, 'binance', 'sandbox', '', 'active', now(), 'hmac',
                  'brought', 'read_only', '{}', now(), now())
                """)
            .bind(tx.tenant(), holderKey, key, publicId, consentKey)
            .update());
    return new Connected(key, PublicIds.connection(holderKey, key), publicId, consent);
  }

  /** Books a page of fills on the connection; returns how many records were new. */
  public int trade(Fill... fills) {
    return trade(connection, Arrays.asList(fills));
  }

  /** Books a page of fills, which may be of several markets. */
  public int trade(Connected on, List<Fill> fills) {
    int fresh = 0;
    Map<String, List<Raw>> bySymbol =
        fills.stream()
            .collect(
                Collectors.groupingBy(
                    Fill::symbol, Collectors.mapping(Fill::raw, Collectors.toList())));
    for (Map.Entry<String, List<Raw>> page : bySymbol.entrySet()) {
      fresh += page(on, "spot-trades", page.getKey(), page.getValue());
    }
    return fresh;
  }

  /** Takes a page in as the engine does: one transaction, only what is new is mapped and booked. */
  public int page(Connected on, String stream, String partition, List<Raw> records) {
    return page(on, stream, partition, records, Fixtures.markets(BookedMarkets.ALL));
  }

  /** The same where other markets are listed. */
  public int page(
      Connected on, String stream, String partition, List<Raw> records, Stream.Markets markets) {
    Stream source = stream(stream);
    return in(tx -> {
      Instant now = tx.now();
      UUID leaf = maker.log.newId();
      Origin origin = new Origin(holderKey, on.key(), on.publicId(), stream, partition, leaf, now);
      List<Booking> bookings = new ArrayList<>();
      List<Claimed> claims = new ArrayList<>();
      List<Kept> kept = maker.evidence.keep(tx, origin, records);
      for (Kept record : kept) {
        Reading reading = source.map(partition, record.raw().bytes(), markets);
        if (reading instanceof Reading.Claimed(var claim)) {
          claims.add(new Claimed(claim, 1, record.id(), 1));
        }
        if (reading instanceof Reading.Booked(var entry)) {
          var first = (Reading.Booked) source.map(partition, record.first(), markets);
          UUID id = record.id();
          bookings.add(
              record.revision() == 1
                  ? Booking.fresh(entry, id, 1)
                  : Booking.corrected(entry, id, 1, first.entry().identity(), record.earlier()));
        }
      }
      maker.books.book(
          tx, new Books.Place(holderKey, on.key(), on.publicId(), leaf, now), bookings, claims);
      return kept.size();
    });
  }

  private static Stream stream(String name) {
    return ServiceLoader.load(Venue.class).stream()
        .flatMap(venue -> venue.get().streams().stream())
        .filter(stream -> stream.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The ledger hash of the connection. */
  public String hash() {
    return in(tx -> LedgerHash.of(tx, holderKey, connection.key()));
  }

  /** Works as the tenant, as the application role. */
  public <T> T in(Transactions.Work<T> work) {
    return maker.transactions.as(tenant.id(), work);
  }

  /** Runs one statement with tenant and holder as its first parameters. */
  public int run(String sql, Object... more) {
    return in(tx -> tx.sql(sql).bind(tx.tenant(), holderKey).bind(more).update());
  }

  /** A good answer to a client. */
  public JsonPath get(String client, String path) {
    return ask(client, path).then().statusCode(200).extract().jsonPath();
  }

  /** An answer to a client. */
  public Response ask(String client, String path) {
    return tenant.as(client).get(path);
  }

  /** A table as a client gets it. */
  public String csv(String client, String path) {
    Response answer = tenant.as(client).accept("text/csv").get(path);
    answer.then().statusCode(200);
    return answer.asString();
  }

  /** Every item of a list, walked by cursors with pages of this size. */
  public List<Map<String, Object>> walk(String path, int size) {
    return walkAs("tracker", path, size);
  }

  /** Every item of a list, walked as this client. */
  public List<Map<String, Object>> walkAs(String client, String path, int size) {
    List<Map<String, Object>> items = new ArrayList<>();
    String next = path + "&limit=" + size;
    while (next != null) {
      JsonPath page = get(client, next);
      List<Map<String, Object>> some = page.getList("items");
      items.addAll(some);
      String cursor = page.getString("next_cursor");
      next = cursor == null ? null : path + "&limit=" + size + "&cursor=" + cursor;
    }
    return items;
  }

  /** Withdraws the consent of the connection. */
  public void withdraw() {
    post("/v1/consents/" + connection.consent() + "/withdrawal", "{}");
  }

  /** The leaves of a kind, oldest first. */
  public List<Map<String, String>> leaves(String kind) {
    return get("compliance", "/v1/access-log?limit=1000&kind=" + kind).getList("items.facts");
  }

  private Response post(String path, String body) {
    Response made = tenant.as("owner").contentType("application/json").body(body).post(path);
    made.then().statusCode(org.hamcrest.Matchers.lessThan(300));
    return made;
  }
}
