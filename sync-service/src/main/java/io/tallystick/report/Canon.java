package io.tallystick.report;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Line;
import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The one text of an event, a line or an input, from which digests are made: JSON, members in the
 * order of the record, amounts as canonical text at whatever scale they have, unknown amounts as
 * objects that say why.
 */
final class Canon {
  private static final int LONGEST_NUMBER = 400;
  private static final ObjectMapper JSON = mapper();

  private Canon() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Named {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    for (Class<?> sealed : new Class<?>[] {Event.class, Line.class}) {
      mapper.addMixIn(sealed, Named.class);
      for (Class<?> one : sealed.getPermittedSubclasses()) {
        mapper.registerSubtypes(new NamedType(one, one.getSimpleName()));
      }
    }
    SimpleModule values = new SimpleModule("report");
    values.addSerializer(BigDecimal.class, new DecimalWriter());
    values.addDeserializer(BigDecimal.class, new DecimalReader());
    values.addSerializer(Instant.class, new InstantWriter());
    values.addDeserializer(Instant.class, new InstantReader());
    values.addSerializer(Amount.class, new AmountWriter());
    values.addDeserializer(Amount.class, new AmountReader());
    return mapper.registerModule(values);
  }

  /** The text of a record of ours. */
  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record again; throws UncheckedIOException on anything that {@link #text} did not write. */
  static <T> T read(String text, Class<T> type) {
    try {
      T value = JSON.readValue(text, type);
      if (value == null) {
        throw new UncheckedIOException(new IOException("nothing where a record is to be"));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 of bytes, lower-case hexadecimal. */
  static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256(bytes));
  }

  /** SHA-256 of a text in UTF-8, lower-case hexadecimal. */
  static String digest(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  // Quotients of the engine have more places than amounts that come from outside may have.
  private static BigDecimal decimal(String text) throws IOException {
    BigDecimal small = Decimals.parse(text);
    if (small != null) {
      return small;
    }
    int point = text.indexOf('.');
    if (text.length() > LONGEST_NUMBER || !text.matches("-?[0-9]+(\\.[0-9]+)?")) {
      throw new IOException("not an amount");
    }
    String digits = text.replace(".", "");
    return new BigDecimal(new BigInteger(digits), point < 0 ? 0 : text.length() - point - 1);
  }

  private static final class DecimalWriter extends StdSerializer<BigDecimal> {
    DecimalWriter() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(Decimals.text(value));
    }
  }

  private static final class DecimalReader extends StdDeserializer<BigDecimal> {
    DecimalReader() {
      super(BigDecimal.class);
    }

    @Override
    public BigDecimal deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return decimal(in.getText());
    }
  }

  private static final class InstantWriter extends StdSerializer<Instant> {
    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Instant.parse(in.getText());
    }
  }

  private static final class AmountWriter extends StdSerializer<Amount> {
    AmountWriter() {
      super(Amount.class);
    }

    @Override
    public void serialize(Amount value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      switch (value) {
        case Amount.Known(BigDecimal known) -> out.writeString(Decimals.text(known));
        case Amount.Unknown(Amount.Cause cause, String entry, int others) -> {
          out.writeStartObject();
          out.writeStringField("unknown", cause.name());
          out.writeStringField("entry", entry);
          out.writeNumberField("others", others);
          out.writeEndObject();
        }
      }
    }
  }

  private static final class AmountReader extends StdDeserializer<Amount> {
    AmountReader() {
      super(Amount.class);
    }

    @Override
    public Amount deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode node = in.readValueAsTree();
      return node.isTextual()
          ? Amount.of(decimal(node.asText()))
          : new Amount.Unknown(
              Amount.Cause.valueOf(node.path("unknown").asText()),
              node.path("entry").asText(),
              node.path("others").asInt());
    }
  }
}
