package io.tallystick.sandbox.protocol;

import io.tallystick.sandbox.wire.Request;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request as they were sent, before anyone judges them.
 *
 * <p>A name in both query and body takes the query's value; a body counts only where the method is
 * not GET (Binance Spot REST docs, "General information on endpoints").
 *
 * @param values by name, decoded, in the order of sending
 * @param duplicate whether a name came twice in one place
 * @param readable whether all of it could be decoded as percent-encoded UTF-8
 * @param encoded whether every byte that is signed is percent-encoded as RFC 3986 asks
 * @param payload what the signature is made over: query and body without {@code signature}
 */
public record Sent(
    Map<String, String> values,
    boolean duplicate,
    boolean readable,
    boolean encoded,
    String payload) {

  private static final String SIGNATURE = "signature";

  /** Reads a request. */
  public static Sent of(Request request) {
    Reader reader = new Reader();
    reader.place(request.query());
    String body = request.body().raw();
    if (!request.method().equals("GET")) {
      reader.place(body);
    }
    String payload = unsigned(request.query()) + unsigned(body);
    return new Sent(
        Collections.unmodifiableMap(reader.values),
        reader.duplicate,
        reader.readable,
        encoded(payload),
        payload);
  }

  /** The value, if the name was sent. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether the name was sent. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Everything but the signature, for logs and tests. */
  public Map<String, String> withoutSignature() {
    Map<String, String> rest = new LinkedHashMap<>(values);
    rest.remove(SIGNATURE);
    return Collections.unmodifiableMap(rest);
  }

  /** Without values: a signature may be among them. */
  @Override
  public String toString() {
    return "Sent" + withoutSignature().keySet();
  }

  private static String unsigned(String raw) {
    List<String> kept = new ArrayList<>();
    for (String part : raw.split("&", -1)) {
      if (!part.startsWith(SIGNATURE + "=")) {
        kept.add(part);
      }
    }
    return String.join("&", kept);
  }

  /** Since January 2026 the venue refuses a signature over bytes that are not encoded first. */
  private static boolean encoded(String payload) {
    for (int i = 0; i < payload.length(); i++) {
      char c = payload.charAt(i);
      boolean hex =
          c != '%'
              || (i + 2 < payload.length()
                  && Character.digit(payload.charAt(i + 1), 16) >= 0
                  && Character.digit(payload.charAt(i + 2), 16) >= 0);
      if (!hex || !(unreserved(c) || c == '%' || c == '&' || c == '=')) {
        return false;
      }
    }
    return true;
  }

  private static boolean unreserved(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "-_.~".indexOf(c) >= 0;
  }

  private static final class Reader {
    private final Map<String, String> values = new LinkedHashMap<>();
    private boolean duplicate;
    private boolean readable = true;

    private void place(String raw) {
      Map<String, String> here = new LinkedHashMap<>();
      for (String part : raw.split("&", -1)) {
        if (part.isEmpty()) {
          continue;
        }
        int equals = part.indexOf('=');
        String name = decoded(equals < 0 ? part : part.substring(0, equals));
        String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
        duplicate |= here.putIfAbsent(name, value) != null;
      }
      here.forEach(values::putIfAbsent);
    }

    private String decoded(String text) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '%' && i + 2 < text.length()) {
          int high = Character.digit(text.charAt(i + 1), 16);
          int low = Character.digit(text.charAt(i + 2), 16);
          readable &= high >= 0 && low >= 0;
          bytes.write(high * 16 + low);
          i += 2;
        } else if (c > 0xff) {
          bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        } else {
          readable &= c != '%';
          bytes.write(c == '+' ? ' ' : c);
        }
      }
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes.toByteArray()))
            .toString();
      } catch (CharacterCodingException e) {
        readable = false;
        return "";
      }
    }
  }
}
