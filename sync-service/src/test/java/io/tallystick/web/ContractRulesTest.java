package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.access.Leaf;
import io.tallystick.connection.ConnectionState;
import io.tallystick.consent.ConsentState;
import io.tallystick.kernel.Problem;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.tenancy.Role;
import io.tallystick.venue.Domain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a client developer may expect of every part of the contract. */
class ContractRulesTest {
  private static final List<String> AMOUNTS =
      List.of(
          "amount",
          "price",
          "quantity",
          "quote_quantity",
          "fee",
          "filled",
          "quote_filled",
          "free",
          "locked",
          "frozen",
          "withdrawing",
          "total",
          "derived",
          "difference");

  private final Contract contract = Contract.read();

  @Test
  void everySchemaAndEveryMemberIsDescribedAndTyped() {
    List<String> faults = new ArrayList<>();
    schemas().forEach((name, schema) -> undescribed(name, schema, faults));
    assertEquals(List.of(), faults);
    assertTrue(schemas().size() > 40, "the schemas were really found");
  }

  @Test
  void aPlantedMemberWithoutADescriptionIsNoticed() {
    ObjectNode trade = (ObjectNode) schemas().get("Trade").deepCopy();
    ((ObjectNode) trade.path("properties")).putObject("planted").put("type", "string");
    List<String> faults = new ArrayList<>();
    undescribed("Trade", trade, faults);
    assertEquals(List.of("Trade.planted has no description"), faults);
  }

  private void undescribed(String name, JsonNode schema, List<String> faults) {
    if (schema.path("description").asText().isBlank()) {
      faults.add(name + " has no description");
    }
    if (!contract.resolve(schema).has("type")) {
      faults.add(name + " has no type");
    }
    schema
        .path("properties")
        .properties()
        .forEach(member -> undescribed(name + "." + member.getKey(), member.getValue(), faults));
  }

  @Test
  void amountsInstantsAndIdsAlwaysHaveTheSameForm() {
    List<String> faults = new ArrayList<>();
    schemas()
        .forEach((owner, schema) ->
            schema
                .path("properties")
                .properties()
                .forEach(member -> {
                  String name = member.getKey();
                  String ref = member.getValue().path("$ref").asText();
                  String type = member.getValue().path("type").asText();
                  String at = owner + "." + name + " is " + type + ref;
                  if (AMOUNTS.contains(name) && !ref.endsWith("/Amount")) {
                    faults.add(at);
                  }
                  if ((name.endsWith("_at") || name.equals("at") || name.endsWith("_until"))
                      && !ref.endsWith("/Timestamp")) {
                    faults.add(at);
                  }
                  if (name.equals("id") && !ref.endsWith("Id")) {
                    faults.add(at);
                  }
                  if (type.equals("number")) {
                    faults.add(at);
                  }
                }));
    assertEquals(List.of(), faults);
    assertEquals("string", schemas().get("Amount").path("type").asText());
    assertTrue(schemas().get("Amount").has("pattern"));
    assertEquals("date-time", schemas().get("Timestamp").path("format").asText());
    schemas()
        .forEach((name, schema) ->
            assertTrue(!name.endsWith("Id") || schema.path("pattern").asText().startsWith("^")));
  }

  @Test
  void everyOperationIsWhole() {
    Set<String> ids = new HashSet<>();
    for (Contract.Operation operation : contract.operations()) {
      JsonNode node = operation.node();
      assertTrue(ids.add(node.path("operationId").asText()), operation + ": operationId");
      for (String words : List.of("summary", "description")) {
        assertFalse(node.path(words).asText().isBlank(), operation + ": " + words);
      }
      assertEquals(1, node.path("tags").size(), operation + ": tags");
      assertFalse(operation.roles().isEmpty(), operation + ": roles");
      for (JsonNode parameter : node.path("parameters")) {
        String name = operation + ": " + parameter.path("name").asText();
        assertFalse(parameter.path("description").asText().isBlank(), name);
        assertTrue(contract.resolve(parameter.path("schema")).has("type"), name);
      }
      for (String refusal : List.of("400", "401", "403", "default")) {
        assertTrue(node.path("responses").has(refusal), operation + ": " + refusal);
      }
      assertEquals(
          operation.path().contains("{"),
          node.path("responses").has("404") && operation.path().contains("{"),
          operation + ": 404");
      if (node.has("requestBody") && !operation.takesFile()) {
        assertFalse(operation.requests().isEmpty(), operation + ": request examples");
      }
    }
  }

  @Test
  void everyListIsATableTooAndTellsItsNextCursor() {
    List<String> lists = new ArrayList<>();
    for (Contract.Operation operation : contract.operations()) {
      JsonNode answer = contract.resolve(operation.answer(200));
      if (answer.path("properties").has("items")) {
        lists.add(operation.name());
        assertTrue(operation.isList(), operation.name());
        assertTrue(operation.node().at("/responses/200/headers").has("next-cursor"));
      }
    }
    assertTrue(lists.size() >= 12, lists.toString());
  }

  @Test
  void everyExampleFitsItsSchema() {
    List<String> faults = new ArrayList<>();
    int examples = 0;
    for (Contract.Operation operation : contract.operations()) {
      for (Map.Entry<String, JsonNode> request : operation.requests().entrySet()) {
        JsonNode schema = operation.node().at("/requestBody/content").path("application/json");
        examples += check(operation, schema.path("schema"), request.getValue(), faults);
      }
      for (JsonNode response : operation.node().path("responses")) {
        JsonNode json = response.path("content").path("application/json");
        if (json.has("schema")) {
          examples += check(operation, json.path("schema"), json.path("example"), faults);
        }
      }
      for (JsonNode parameter : operation.node().path("parameters")) {
        if (parameter.has("example")) {
          examples += check(operation, parameter.path("schema"), parameter.path("example"), faults);
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(examples > 80, "found " + examples);
  }

  private int check(Object where, JsonNode schema, JsonNode value, List<String> faults) {
    SchemaCheck.faults(contract, schema, value).forEach(fault -> faults.add(where + fault));
    return 1;
  }

  @Test
  void theCheckOfExamplesNoticesPlantedFaults() {
    JsonNode trade = contract.resolve(schemas().get("Trade"));
    JsonNode good =
        contract
            .root()
            .at("/paths/~1v1~1trades/get/responses/200/content")
            .path("application/json");
    ObjectNode bad = (ObjectNode) good.at("/example/items/0").deepCopy();
    bad.put("price", 61250.5);
    bad.put("side", "long");
    bad.put("id", "ent_1");
    bad.put("planted", true);
    bad.put("occurred_at", "2026-03-01T12:34:56Z");
    bad.remove("revision");
    assertEquals(
        Set.of("/price", "/side", "/id", "/planted", "/occurred_at", "/revision"),
        new TreeSet<>(
            SchemaCheck.faults(contract, trade, bad).stream()
                .map(fault -> fault.substring(0, fault.indexOf(' ')))
                .toList()));
  }

  @Test
  void everyProblemCodeHasAnExampleThatSaysItsStatusAndTitle() {
    Set<String> seen = new TreeSet<>();
    JsonNode schema = schemas().get("Problem");
    for (JsonNode answer : contract.root().at("/components/responses")) {
      JsonNode document = answer.path("content").path("application/problem+json");
      for (Map.Entry<String, JsonNode> example : document.path("examples").properties()) {
        JsonNode value = example.getValue().path("value");
        assertEquals(List.of(), SchemaCheck.faults(contract, schema, value), example.getKey());
        Problem.Kind kind =
            Problem.Kind.valueOf(
                example.getKey().toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        assertEquals(kind.code(), value.path("code").asText());
        assertEquals(kind.title(), value.path("title").asText());
        assertEquals(kind.status(), value.path("status").asInt());
        assertEquals("https://tallystick.io/problems/" + kind.code(), value.path("type").asText());
        assertTrue(seen.add(kind.code()), kind.code());
      }
    }
    assertEquals(new TreeSet<>(codes(Problem.Kind.values(), Problem.Kind::code)), seen);
  }

  @Test
  void everyListOfWordsIsTheCodes() {
    assertEquals(
        codes(ConnectionState.values(), ConnectionState::code), words("Connection", "state"));
    assertEquals(words("Connection", "state"), words("ConnectionRights", "state"));
    assertEquals(codes(ConsentState.values(), ConsentState::code), words("Consent", "state"));
    assertEquals(codes(Role.values(), Role::code), words("Client", "role"));
    assertEquals(codes(EntryKind.values(), EntryKind::code), words("Entry", "kind"));
    assertEquals(codes(EntryState.values(), EntryState::code), words("Entry", "state"));
    assertEquals(words("Entry", "state"), words("EntryRevision", "state"));
    assertEquals(codes(Leaf.Kind.values(), Leaf.Kind::code), words("AccessLogEntry", "kind"));
    assertEquals(codes(Problem.Kind.values(), Problem.Kind::code), words("Problem", "code"));
    assertEquals(codes(Domain.values(), Domain::code), texts(schemas().get("Domain").path("enum")));
  }

  @Test
  void theGuideTellsEveryCodeWithItsStatusAndEveryRoleAndPrefix() throws Exception {
    String guide = Files.readString(Path.of("..", "openapi", "guide.md"));
    for (Problem.Kind kind : Problem.Kind.values()) {
      String line = "| `" + kind.code() + "` | " + kind.status() + " | ";
      assertTrue(guide.contains(line), line);
    }
    for (Role role : Role.values()) {
      assertTrue(guide.contains("| `" + role.code() + "` | "), role.code());
    }
    schemas()
        .forEach((name, schema) -> {
          String form = schema.path("pattern").asText();
          if (name.endsWith("Id")) {
            String prefix = form.substring(1, form.indexOf('_') + 1);
            assertTrue(guide.contains("`" + prefix + "`"), prefix);
          }
        });
  }

  private static <T> List<String> codes(T[] values, java.util.function.Function<T, String> code) {
    return Arrays.stream(values).map(code).toList();
  }

  private List<String> words(String schema, String member) {
    return texts(schemas().get(schema).path("properties").path(member).path("enum"));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(word -> texts.add(word.asText()));
    return texts;
  }

  private Map<String, JsonNode> schemas() {
    Map<String, JsonNode> schemas = new java.util.LinkedHashMap<>();
    Stream.of(contract.root().at("/components/schemas"))
        .flatMap(all -> all.properties().stream())
        .forEach(schema -> schemas.put(schema.getKey(), schema.getValue()));
    return schemas;
  }
}
