package io.tallystick.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The words of the contract, laid over the shape that the code has: descriptions, summaries and
 * examples, and only where the code says none itself. So every sentence stands in one place, and a
 * difference in anything but words stays a difference.
 */
final class ContractWords {
  /** Where the contract lies on the class path. */
  static final String CONTRACT = "/io/tallystick/openapi/openapi.yaml";

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final JsonNode contract = read();

  static JsonNode read() {
    try (InputStream file = ContractWords.class.getResourceAsStream(CONTRACT)) {
      if (file == null) {
        throw new IllegalStateException("the contract is not on the class path");
      }
      return YAML.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the contract cannot be read", e);
    }
  }

  void fill(OpenAPI document) {
    say(
        document.getInfo().getDescription(),
        contract.at("/info/description"),
        text -> document.getInfo().setDescription(text));
    JsonNode tags = contract.path("tags");
    List<Tag> ordered = new ArrayList<>();
    for (JsonNode tag : tags) {
      ordered.addAll(
          document.getTags().stream()
              .filter(known -> known.getName().equals(tag.path("name").asText()))
              .toList());
    }
    document.getTags().stream().filter(tag -> !ordered.contains(tag)).forEach(ordered::add);
    ordered.forEach(tag ->
        say(
            tag.getDescription(),
            named(tags, tag.getName()).path("description"),
            tag::setDescription));
    document.setTags(ordered);
    document
        .getPaths()
        .getPathItems()
        .forEach((path, item) ->
            item.getOperations()
                .forEach((method, operation) ->
                    operation(
                        operation,
                        contract
                            .path("paths")
                            .path(path)
                            .path(method.name().toLowerCase(Locale.ROOT)))));
    JsonNode components = contract.path("components");
    schemas(document.getComponents().getSchemas(), components.path("schemas"));
    responses(document.getComponents().getResponses(), components.path("responses"));
    headers(document.getComponents().getHeaders(), components.path("headers"));
    document
        .getComponents()
        .getSecuritySchemes()
        .forEach((name, scheme) ->
            say(
                scheme.getDescription(),
                components.path("securitySchemes").path(name).path("description"),
                scheme::setDescription));
  }

  private static void operation(Operation operation, JsonNode words) {
    say(operation.getSummary(), words.path("summary"), operation::setSummary);
    say(operation.getDescription(), words.path("description"), operation::setDescription);
    List<Parameter> parameters = operation.getParameters();
    if (parameters != null) {
      for (Parameter parameter : parameters) {
        JsonNode told = named(words.path("parameters"), parameter.getName());
        say(parameter.getDescription(), told.path("description"), parameter::setDescription);
        if (parameter.getExample() == null && told.has("example")) {
          parameter.setExample(value(told.path("example")));
        }
      }
    }
    if (operation.getRequestBody() != null) {
      JsonNode told = words.path("requestBody");
      say(
          operation.getRequestBody().getDescription(),
          told.path("description"),
          operation.getRequestBody()::setDescription);
      content(operation.getRequestBody().getContent(), told.path("content"));
    }
    responses(operation.getResponses().getAPIResponses(), words.path("responses"));
  }

  private static void responses(Map<String, APIResponse> responses, JsonNode words) {
    responses.forEach((name, response) -> {
      JsonNode told = words.path(name);
      if (response.getRef() == null) {
        say(response.getDescription(), told.path("description"), response::setDescription);
        content(response.getContent(), told.path("content"));
        headers(response.getHeaders(), told.path("headers"));
      }
    });
  }

  private static void headers(@Nullable Map<String, Header> headers, JsonNode words) {
    if (headers != null) {
      headers.forEach((name, header) ->
          say(
              header.getDescription(),
              words.path(name).path("description"),
              header::setDescription));
    }
  }

  private static void content(@Nullable Content content, JsonNode words) {
    if (content == null) {
      return;
    }
    content
        .getMediaTypes()
        .forEach((name, media) -> {
          JsonNode told = words.path(name);
          if (told.has("example")) {
            media.setExample(value(told.path("example")));
          }
          examples(media, told.path("examples"));
        });
  }

  // Where the code names the examples, as it does for problems, no other can be added by words.
  private static void examples(MediaType media, JsonNode words) {
    boolean named = media.getExamples() != null;
    words
        .properties()
        .forEach(told -> {
          var example = named ? media.getExamples().get(told.getKey()) : OASFactory.createExample();
          if (example != null) {
            say(null, told.getValue().path("summary"), example::setSummary);
            example.setValue(value(told.getValue().path("value")));
            media.addExample(told.getKey(), example);
          }
        });
  }

  private static void schemas(Map<String, Schema> schemas, JsonNode words) {
    schemas.forEach((name, schema) -> {
      JsonNode told = words.path(name);
      say(schema.getDescription(), told.path("description"), schema::setDescription);
      if (schema.getExamples() == null && told.has("examples")) {
        List<Object> examples = new ArrayList<>();
        told.path("examples").forEach(example -> examples.add(value(example)));
        schema.setExamples(examples);
      }
      if (schema.getProperties() != null) {
        schemas(schema.getProperties(), told.path("properties"));
      }
    });
  }

  private static void say(@Nullable String said, JsonNode words, Consumer<String> place) {
    if ((said == null || said.isEmpty()) && words.isTextual()) {
      place.accept(words.asText());
    }
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode one : list) {
      if (one.path("name").asText().equals(name)) {
        return one;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static Object value(JsonNode node) {
    return YAML.convertValue(node, Object.class);
  }
}
