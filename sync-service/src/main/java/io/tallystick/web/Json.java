package io.tallystick.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.tallystick.kernel.Decimals;
import jakarta.inject.Singleton;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rules of our JSON: snake_case names, no unknown or repeated members, nothing coerced, amounts
 * as canonical strings, instants as RFC 3339 in UTC with milliseconds, absent values left out, 32
 * levels deep at most.
 */
@Singleton
public class Json implements ObjectMapperCustomizer {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 70;

  /** Last: the framework's own modules would otherwise write instants in their form. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  @Override
  public void customize(ObjectMapper mapper) {
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER)
                .maxStringLength((int) FrontDoor.MAX_TABLE)
                .build());
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.enable(
        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    allowCoercion(mapper, false);
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    SimpleModule values = new SimpleModule("tallystick");
    values.addSerializer(BigDecimal.class, new AmountWriter());
    values.addDeserializer(BigDecimal.class, new AmountReader());
    values.addSerializer(Instant.class, new InstantWriter());
    values.addDeserializer(Instant.class, new InstantReader());
    mapper.registerModule(values);
  }

  // Quarkus hands over a finished mapper, which has no other switch for this than the old one.
  @SuppressWarnings("deprecation")
  private static void allowCoercion(ObjectMapper mapper, boolean allowed) {
    mapper.configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, allowed);
  }

  /** Where in a document the reading stopped: {@code given.at}, {@code domains[2]}. */
  public static String path(JsonMappingException failure) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : failure.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "body" : path.toString();
  }

  static String snakeCase(String javaName) {
    return new SnakeCaseStrategy().translate(javaName);
  }

  // Bean Validation's path begins with the method and its parameter, which a caller does not know.
  static String withoutMethod(Path path) {
    String named =
        StreamSupport.stream(path.spliterator(), false)
            .filter(node -> node.getKind() == ElementKind.PROPERTY)
            .map(Path.Node::toString)
            .collect(Collectors.joining("."));
    return named.isEmpty() ? "body" : named;
  }

  private static final class AmountWriter extends StdSerializer<BigDecimal> {
    AmountWriter() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(Decimals.text(value));
    }
  }

  private static final class AmountReader extends StdDeserializer<BigDecimal> {
    AmountReader() {
      super(BigDecimal.class);
    }

    @Override
    public BigDecimal deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      @Nullable BigDecimal value =
          in.currentToken() == JsonToken.VALUE_STRING ? Decimals.parse(in.getText()) : null;
      if (value == null) {
        throw JsonMappingException.from(in, "not an amount");
      }
      return value;
    }
  }

  private static final class InstantWriter extends StdSerializer<Instant> {
    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(Times.text(value));
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      @Nullable Instant value =
          in.currentToken() == JsonToken.VALUE_STRING ? Times.parse(in.getText()) : null;
      if (value == null) {
        throw JsonMappingException.from(in, "not an instant");
      }
      return value;
    }
  }
}
