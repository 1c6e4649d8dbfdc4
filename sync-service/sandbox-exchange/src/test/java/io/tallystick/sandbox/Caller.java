package io.tallystick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client in this process: signs as it is told and remembers nothing. */
final class Caller {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Exchange exchange;
  private final String apiKey;
  private final UnaryOperator<String> signer;
  private final Map<String, String> headers = new HashMap<>();

  private Caller(Exchange exchange, String apiKey, UnaryOperator<String> signer) {
    this.exchange = exchange;
    this.apiKey = apiKey;
    this.signer = signer;
    headers.put("X-MBX-APIKEY", apiKey);
  }

  static Caller hmac(Exchange exchange, ApiKey key) {
    return new Caller(exchange, key.key(), payload -> hmac(key.secret(), payload));
  }

  static Caller asymmetric(Exchange exchange, String apiKey, String algorithm, PrivateKey key) {
    return new Caller(exchange, apiKey, payload -> encoded(signature(algorithm, key, payload)));
  }

  static Caller signing(Exchange exchange, String apiKey, UnaryOperator<String> signer) {
    return new Caller(exchange, apiKey, signer);
  }

  Caller with(String header, String value) {
    Caller other = new Caller(exchange, apiKey, signer);
    other.headers.putAll(headers);
    other.headers.put(header, value);
    return other;
  }

  /** A public call. */
  Reply open(String target) {
    return exchange.handle(Request.of("GET", target, headers));
  }

  /** A signed call at the exchange's own time. */
  Reply get(String path, String parameters) {
    return get(path, parameters, exchange.clock().millis());
  }

  Reply get(String path, String parameters, long timestamp) {
    String query = (parameters.isEmpty() ? "" : parameters + "&") + "timestamp=" + timestamp;
    return raw("GET", path, query, "");
  }

  Reply post(String path, String parameters) {
    String body = (parameters.isEmpty() ? "" : parameters + "&") + timestamp();
    return raw("POST", path, "", body);
  }

  /** Signs query and body as they are; the signature goes last into the query. */
  Reply raw(String method, String path, String query, String body) {
    String signed =
        (query.isEmpty() ? "" : query + "&") + "signature=" + signer.apply(query + body);
    return exchange.handle(Request.of(method, path + "?" + signed, headers, Body.text(body)));
  }

  String timestamp() {
    return "timestamp=" + exchange.clock().millis();
  }

  JsonNode json(String path, String parameters) {
    Reply reply = get(path, parameters);
    if (reply.status() != 200) {
      throw new AssertionError(reply.status() + " " + reply.body().text());
    }
    return json(reply);
  }

  static JsonNode json(Reply reply) {
    try {
      return JSON.readTree(reply.body().bytes());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** "status code", such as "400 -1121". */
  static String verdict(Reply reply) {
    JsonNode body = json(reply);
    return reply.status() + (body.has("code") ? " " + body.get("code").asInt() : "");
  }

  static String hmac(String secret, String payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String signature(String algorithm, PrivateKey key, String payload) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(payload.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String encoded(String base64) {
    return base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
  }
}
