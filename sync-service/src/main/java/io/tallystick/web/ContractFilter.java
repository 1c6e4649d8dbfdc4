package io.tallystick.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Completes, at build time, the document that the resources give rise to: names and members of
 * schemas, ids, refusals and tables from the code, and the explaining words from the contract. What
 * the contract says of names, types, limits and answers is never taken over: a test compares it.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ContractFilter implements OASFilter {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String PAGE = "Page";

  private final IndexView index;

  /** Made by the framework with the index of all classes. */
  public ContractFilter(IndexView index) {
    this.index = index;
  }

  @Override
  public void filterOpenAPI(OpenAPI contract) {
    namePages(contract);
    new ContractSchemas(index).complete(contract);
    ContractRefusals.declare(contract);
    contract.getComponents().addHeader("NextCursor", nextCursor());
    operations(contract).forEach((name, operation) -> tables(contract, operation));
    new ContractWords().fill(contract);
  }

  /** Every operation by method and path. */
  static Map<String, Operation> operations(OpenAPI contract) {
    Map<String, Operation> operations = new TreeMap<>();
    for (Map.Entry<String, PathItem> path : contract.getPaths().getPathItems().entrySet()) {
      path.getValue()
          .getOperations()
          .forEach((method, operation) -> operations.put(method + " " + path.getKey(), operation));
    }
    return operations;
  }

  // The framework calls a page after the Java type of its rows: PageOf it becomes OfPage, by the
  // name that the rows have in the contract.
  private static void namePages(OpenAPI contract) {
    Map<String, Schema> schemas = new TreeMap<>();
    Map<String, String> renamed = new TreeMap<>();
    contract
        .getComponents()
        .getSchemas()
        .forEach((name, schema) -> {
          String rows = name.startsWith(PAGE) ? rows(schema) : null;
          String better = rows == null ? name : rows.substring(SCHEMAS.length()) + PAGE;
          renamed.put(SCHEMAS + name, SCHEMAS + better);
          schemas.put(better, schema);
        });
    contract.getComponents().setSchemas(schemas);
    operations(contract)
        .values()
        .forEach(operation ->
            operation
                .getResponses()
                .getAPIResponses()
                .values()
                .forEach(response -> rename(response.getContent(), renamed)));
  }

  private static void rename(@Nullable Content content, Map<String, String> renamed) {
    if (content == null) {
      return;
    }
    content
        .getMediaTypes()
        .values()
        .forEach(media -> {
          Schema schema = media.getSchema();
          if (schema != null && schema.getRef() != null) {
            schema.setRef(renamed.getOrDefault(schema.getRef(), schema.getRef()));
          }
        });
  }

  private static @Nullable String rows(Schema page) {
    Map<String, Schema> properties = page.getProperties();
    Schema items = properties == null ? null : properties.get("items");
    return items == null || items.getItems() == null ? null : items.getItems().getRef();
  }

  // Every list has a second form, a table, even where a method of its own makes it.
  private static void tables(OpenAPI contract, Operation operation) {
    APIResponse good = operation.getResponses().getAPIResponse("200");
    Content content = good == null ? null : good.getContent();
    Schema body = content == null ? null : schema(contract, content);
    if (good == null || content == null || body == null || rows(body) == null) {
      return;
    }
    content.addMediaType(
        Csv.MEDIA_TYPE,
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
    good.addHeader(
        CsvBody.NEXT_CURSOR, OASFactory.createHeader().ref("#/components/headers/NextCursor"));
  }

  private static @Nullable Schema schema(OpenAPI contract, Content content) {
    var media = content.getMediaType("application/json");
    Schema schema = media == null ? null : media.getSchema();
    String ref = schema == null ? null : schema.getRef();
    return ref == null
        ? null
        : contract.getComponents().getSchemas().get(ref.substring(SCHEMAS.length()));
  }

  private static Header nextCursor() {
    return OASFactory.createHeader()
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING).maxLength(1024));
  }
}
