package io.tallystick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The shapes of all answers, as data: one file an endpoint beside this class, written from the
 * venue's documents. Whoever reads such answers can hold a reader to them.
 */
public final class Shapes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FILES =
      List.of(
          "ping",
          "time",
          "exchangeInfo",
          "klines",
          "account",
          "myTrades",
          "allOrders",
          "openOrders",
          "order",
          "apiRestrictions",
          "capitalConfig",
          "userAsset",
          "fundingAsset",
          "depositHistory",
          "withdrawHistory",
          "asset_wallet_balance",
          "simple-earn_account");
  private static final String ROOT = "/sapi/v1/";

  private final Map<String, Shape> byEndpoint = new LinkedHashMap<>();

  private Shapes() {}

  /** Reads all of them. */
  public static Shapes load() {
    Shapes shapes = new Shapes();
    FILES.forEach(shapes::add);
    // The shape of an endpoint that is found by itself is called like its path.
    for (SignedEndpoint endpoint :
        ServiceLoader.load(SignedEndpoint.class, SignedEndpoint.class.getClassLoader())) {
      shapes.add(endpoint.path().substring(ROOT.length()).replace('/', '_'));
    }
    return shapes;
  }

  private void add(String file) {
    JsonNode read = read("shapes/" + file + ".json");
    byEndpoint.put(read.get("endpoint").asText(), shape(read.get("answer")));
  }

  /** Method and path of every endpoint, such as {@code GET /api/v3/myTrades}. */
  public Set<String> endpoints() {
    return Set.copyOf(byEndpoint.keySet());
  }

  /** The shape of what this method and path answer with. */
  public Optional<Shape> of(String endpoint) {
    return Optional.ofNullable(byEndpoint.get(endpoint));
  }

  private static JsonNode read(String resource) {
    try (InputStream stream = Shapes.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the module lacks " + resource);
      }
      return JSON.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  /** A text is a kind, with a question mark where the field may be absent. */
  private static Shape shape(JsonNode node) {
    if (node.isTextual()) {
      String text = node.asText();
      boolean mayBeAbsent = text.endsWith("?");
      String kind = mayBeAbsent ? text.substring(0, text.length() - 1) : text;
      return new Shape.Value(Shape.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), mayBeAbsent);
    }
    if (node.has("list")) {
      return new Shape.Rows(shape(node.get("list")));
    }
    if (node.has("optional")) {
      return new Shape.Perhaps(shape(node.get("optional")));
    }
    Map<String, Shape> fields = new LinkedHashMap<>();
    node.get("object").properties().forEach(f -> fields.put(f.getKey(), shape(f.getValue())));
    return new Shape.Fields(fields);
  }
}
