package io.tallystick.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Sql;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The doors of the house: to the database, to the network, to cryptography, and for callers. */
final class Doors {
  private static final String KEEPER = "keeps one table, and is nothing else";
  private static final String QUESTION = "asks one short question of its own; a Store may take it";

  private static final List<String> NETWORK =
      List.of(
          "io.netty.bootstrap.",
          "io.netty.channel.",
          "io.vertx.core.http.HttpClient",
          "io.vertx.core.net.NetClient",
          "io.vertx.ext.web.client.",
          "java.net.DatagramSocket",
          "java.net.HttpURLConnection",
          "java.net.Socket",
          "java.net.URLConnection",
          "java.net.http.",
          "java.nio.channels.SocketChannel",
          "javax.net.");

  private static final List<String> CRYPTOGRAPHY =
      List.of(
          "com.google.crypto.tink.",
          "java.security.Key",
          "java.security.PrivateKey",
          "java.security.PublicKey",
          "java.security.Signature",
          "java.security.interfaces.",
          "java.security.spec.",
          "javax.crypto.");

  private Doors() {}

  static List<Rule> rules() {
    return List.of(
        Rule.ofTypes(
            "SQL is written in Stores and Rows",
            "add a method to the feature's Store",
            sqlElsewhere(),
            Doors::sql),
        Rule.ofTypes(
            "a connection is opened by Transactions alone",
            "take a TenantTx, so that no statement can forget whose rows it means",
            Map.of(
                "boot.Database", "finds out whether the database is there before anything else is",
                "boot.EmbeddedDatabase", "makes the embedded database",
                "boot.StartupGuard", "asks the database who we are before the first tenant",
                "egress.BudgetRows", "budgets belong to an address, not to a tenant",
                "tenancy.Transactions", "opens them"),
            (house, type) ->
                Conduct.calls(
                    type,
                    Set.of(
                            "java.sql.DriverManager.getConnection",
                            "javax.sql.DataSource.getConnection")
                        ::contains)),
        Rule.ofTypes(
            "the network is reached through egress alone",
            "go through the Gateway, which has the allow-list and the budget",
            Map.of(),
            (house, type) -> outside(house, type, "egress", NETWORK)),
        Rule.ofTypes(
            "keys and ciphers are in the vault alone",
            "ask the vault to seal or to sign; for digests there is kernel.Digests",
            Map.of(
                "kernel.Digests",
                "knows the keyed digest, whose key others bring",
                "access.proof.SignedNote",
                "verifies by public keys, also where there is no vault"),
            (house, type) -> outside(house, type, "vault", CRYPTOGRAPHY)),
        Rule.ofTypes(
            "routes are in Resources",
            "a class with routes is called …Resource; what all answers share is in `web`",
            Map.of(),
            Doors::routing),
        Rule.ofTypes(
            "every route names its roles",
            "annotate the method with @RolesAllowed and names of Role",
            Map.of(),
            (house, type) ->
                type.getMethods().stream()
                    .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                    .filter(method -> !namesRoles(method))
                    .map(JavaMethod::getName)));
  }

  private static Map<String, String> sqlElsewhere() {
    return Map.ofEntries(
        Map.entry("access.AccessLog", KEEPER),
        Map.entry("sync.Bookmarks", KEEPER),
        Map.entry("sync.Catalogue", KEEPER),
        Map.entry("sync.Gaps", KEEPER),
        Map.entry("sync.Leases", KEEPER),
        Map.entry("sync.Runs", KEEPER),
        Map.entry("tenancy.Sql", "is the statement"),
        Map.entry("tenancy.TenantTx", "makes statements"),
        Map.entry("tenancy.SequencerTx", "makes statements for the one who numbers"),
        Map.entry("tenancy.Tokens", KEEPER),
        Map.entry("tenancy.Transactions", "says whose transaction it is"),
        Map.entry("ledger.LedgerHash", "reads a whole ledger through a cursor as it hashes"),
        Map.entry("connection.Admissions", QUESTION),
        Map.entry("connection.Connecting", QUESTION),
        Map.entry("connection.ConsentGate", "locks a consent's row and answers"),
        Map.entry("connection.HolderKeys", "locks a holder while its key is made or destroyed"),
        Map.entry("records.EvidenceResource", QUESTION));
  }

  // An exception may pass through anybody and a pool may be handed on; neither is SQL.
  private static Stream<String> sql(House house, JavaClass type) {
    String file = house.file(type);
    boolean keeps = file.endsWith("Store") || file.endsWith("Rows") || file.startsWith("boot.");
    return keeps
        ? Stream.empty()
        : House.targetsOf(type)
            .filter(target ->
                target.isEquivalentTo(Sql.class)
                    || target.getName().startsWith(Sql.class.getName() + "$")
                    || target.getPackageName().equals("java.sql")
                        && !target.isAssignableTo(Throwable.class))
            .map(JavaClass::getName);
  }

  private static Stream<String> outside(
      House house, JavaClass type, String door, List<String> behind) {
    return house.module(type).equals(door)
        ? Stream.empty()
        : House.targetsOf(type)
            .map(JavaClass::getName)
            .filter(name -> behind.stream().anyMatch(name::startsWith));
  }

  // What a route takes may be described elsewhere, where several routes take the same.
  private static Stream<String> routing(House house, JavaClass type) {
    return house.file(type).endsWith("Resource") || house.module(type).equals("web")
        ? Stream.empty()
        : House.targetsOf(type)
            .map(JavaClass::getName)
            .filter(name -> name.startsWith("jakarta.ws.rs.") && !name.endsWith("Param"));
  }

  private static boolean namesRoles(JavaMethod route) {
    return route
        .tryGetAnnotationOfType(RolesAllowed.class)
        .map(RolesAllowed::value)
        .filter(names -> names.length > 0)
        .map(names -> Arrays.stream(names).allMatch(name -> Role.of(name) != null))
        .orElse(false);
  }
}
