package io.tallystick.web;

import io.tallystick.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * What the code says about the members of schemas and the framework does not see: a record's
 * component that cannot be null is always there; members and parameters that are ids by their name
 * have the form of that id; a pattern holds for the whole text.
 */
final class ContractSchemas {
  private static final DotName SCHEMA =
      DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
  private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
  private static final DotName DOMAIN = DotName.createSimple("io.tallystick.venue.Domain");
  private static final String REF = "#/components/schemas/";

  private static final Map<String, String> FORMS =
      Map.ofEntries(
          Map.entry("HolderId", Ids.of("hld", 0L)),
          Map.entry("ClientId", Ids.of("cli", 0L)),
          Map.entry("TokenId", Ids.of("tok", 0L)),
          Map.entry("ConsentId", Ids.of("cns", 0L, 0L)),
          Map.entry("ConnectionId", Ids.of("con", 0L, 0L)),
          Map.entry("KeyOfferId", Ids.of("kof", 0L, 0L)),
          Map.entry("EngagementId", Ids.of("eng", 0L)),
          Map.entry("HoldId", Ids.of("lgh", 0L, 0L)),
          Map.entry("EntryId", Ids.of("ent", 0L, new UUID(0, 0))),
          Map.entry("EvidenceId", Ids.of("evd", 0L, new UUID(0, 0))),
          Map.entry("GapId", Ids.of("gap", 0L, new UUID(0, 0))),
          Map.entry("AccessLogEntryId", Ids.of("log", 0L, new UUID(0, 0))),
          Map.entry("ReportId", Ids.of("rep", 0L, new UUID(0, 0))),
          Map.entry("DeclarationId", Ids.of("dec", 0L, new UUID(0, 0))),
          Map.entry("ImportId", Ids.of("imp", 0L, new UUID(0, 0))),
          Map.entry("SyncRunId", Ids.of("run", 0L, new UUID(0, 0))));

  private static final Map<String, String> ID_BY_NAME =
      Map.ofEntries(
          Map.entry("holder", "HolderId"),
          Map.entry("client", "ClientId"),
          Map.entry("recipients", "ClientId"),
          Map.entry("recorded_by", "ClientId"),
          Map.entry("state_by", "ClientId"),
          Map.entry("token", "TokenId"),
          Map.entry("predecessor", "TokenId"),
          Map.entry("consent", "ConsentId"),
          Map.entry("arrangement", "ConsentId"),
          Map.entry("replaces", "ConsentId"),
          Map.entry("connection", "ConnectionId"),
          Map.entry("offer", "KeyOfferId"),
          Map.entry("hold", "HoldId"),
          Map.entry("engagement", "EngagementId"),
          Map.entry("connections", "ConnectionId"),
          Map.entry("created_by", "ClientId"),
          Map.entry("set_by", "ClientId"),
          Map.entry("lifted_by", "ClientId"),
          Map.entry("entry", "EntryId"),
          Map.entry("successors", "EntryId"),
          Map.entry("evidence", "EvidenceId"),
          Map.entry("gap", "GapId"),
          Map.entry("pull", "AccessLogEntryId"),
          Map.entry("report", "ReportId"),
          Map.entry("declaration", "DeclarationId"),
          Map.entry("declarations", "DeclarationId"),
          Map.entry("reverses", "DeclarationId"),
          Map.entry("leaf", "AccessLogEntryId"),
          Map.entry("import", "ImportId"),
          Map.entry("run", "SyncRunId"));

  // Members that are named like an id and are words of a person, or the token and not its id.
  private static final List<String> WORDS =
      List.of(
          "ConsentGiven.evidence",
          "ConsentGivenRequest.evidence",
          "IssuedToken.token",
          "HolderToken.token",
          "IssuedEngagement.token");

  // What is shown of an entry bears its id.
  private static final List<String> ENTRIES = List.of("Conversion", "Reward", "Trade", "Transfer");

  private final Map<String, ClassInfo> records = new TreeMap<>();
  private final ClassInfo domain;

  ContractSchemas(IndexView index) {
    for (AnnotationInstance named : index.getAnnotations(SCHEMA)) {
      if (named.target().kind() == org.jboss.jandex.AnnotationTarget.Kind.CLASS) {
        ClassInfo type = named.target().asClass();
        String name =
            named.value("name") == null ? type.simpleName() : named.value("name").asString();
        records.put(name, type);
      }
    }
    domain = index.getClassByName(DOMAIN);
  }

  void complete(OpenAPI contract) {
    contract.getComponents().getSchemas().forEach(this::members);
    ContractFilter.operations(contract).values().forEach(this::parameters);
    FORMS.forEach((name, example) -> contract.getComponents().addSchema(name, id(example)));
    contract.getComponents().addSchema("Domain", domains());
  }

  private void members(String owner, Schema schema) {
    Map<String, Schema> properties = schema.getProperties();
    if (properties == null) {
      return;
    }
    List<String> required = new ArrayList<>();
    Map<String, Schema> completed = new java.util.LinkedHashMap<>();
    properties.forEach((name, property) -> {
      if (isAlwaysThere(owner, name)) {
        required.add(name);
      }
      completed.put(name, member(owner, name, property));
    });
    schema.setProperties(completed);
    schema.setRequired(required.isEmpty() ? null : required);
  }

  private Schema member(String owner, String name, Schema property) {
    Schema items = property.getItems();
    if (items != null) {
      property.setItems(name.equals("domains") ? ref("Domain") : member(owner, name, items));
      return property;
    }
    if (property.getRef() != null) {
      // What the framework repeats beside a reference belongs to what it refers to.
      return OASFactory.createSchema()
          .ref(property.getRef())
          .description(property.getDescription());
    }
    String form = name.equals("id") ? idOf(owner) : ID_BY_NAME.get(name);
    boolean text = property.getType() != null && property.getType().contains(SchemaType.STRING);
    if (form != null && text && !WORDS.contains(owner + "." + name)) {
      return ref(form).description(property.getDescription());
    }
    anchor(property);
    return property;
  }

  private static String idOf(String owner) {
    return ENTRIES.contains(owner) ? "EntryId" : owner + "Id";
  }

  private void parameters(Operation operation) {
    if (operation.getParameters() == null) {
      return;
    }
    for (Parameter parameter : operation.getParameters()) {
      Schema schema = parameter.getSchema();
      String form = ID_BY_NAME.get(parameter.getName());
      if (form != null) {
        parameter.setSchema(ref(form));
      } else if (schema.getType().contains(SchemaType.STRING)
          && schema.getEnumeration() == null
          && schema.getFormat() == null) {
        // An empty parameter is refused before anything reads it.
        schema.setMinLength(1);
      }
    }
  }

  private boolean isAlwaysThere(String owner, String property) {
    if (owner.endsWith("Page")) {
      return property.equals("items");
    }
    ClassInfo type = records.get(owner);
    if (type == null) {
      throw new IllegalStateException("no record is named " + owner + " in the contract");
    }
    for (FieldInfo field : type.fields()) {
      AnnotationInstance named = field.annotation(SCHEMA);
      boolean renamed = named != null && named.value("name") != null;
      String name = renamed ? named.value("name").asString() : Json.snakeCase(field.name());
      if (name.equals(property)) {
        return !field.type().hasAnnotation(NULLABLE);
      }
    }
    throw new IllegalStateException(owner + " has no component named " + property);
  }

  private static void anchor(Schema schema) {
    String pattern = schema.getPattern();
    if (schema.getEnumeration() != null) {
      schema.setPattern(null);
    } else if (pattern != null && !pattern.startsWith("^")) {
      schema.setPattern(pattern.contains("|") ? "^(?:" + pattern + ")$" : "^" + pattern + "$");
    }
  }

  private static Schema id(String example) {
    int at = example.indexOf('_') + 1;
    return OASFactory.createSchema()
        .addType(SchemaType.STRING)
        .pattern(
            "^"
                + example.substring(0, at)
                + "[0-9a-hjkmnp-tv-z]{"
                + (example.length() - at)
                + "}$");
  }

  private Schema domains() {
    List<Object> names = new ArrayList<>();
    for (FieldInfo constant : domain.enumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return OASFactory.createSchema().addType(SchemaType.STRING).enumeration(names);
  }

  private static Schema ref(String name) {
    return OASFactory.createSchema().ref(REF + name);
  }
}
