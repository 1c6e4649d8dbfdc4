package io.tallystick.web;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cursors: where the next page of a list begins, signed together with the tenant, the route and the
 * filter they belong to. A cursor that was altered, or is used elsewhere, is refused.
 */
@ApplicationScoped
public class Cursors {
  private static final String TAG = "tallystick/cursor/1";
  private static final int MAC_BYTES = 16;
  private static final int LONGEST = 1024;

  private final CursorKey key;

  Cursors(CursorKey key) {
    this.key = key;
  }

  /**
   * What a cursor belongs to.
   *
   * @param filter digest of every parameter that chooses or orders the rows
   */
  public record Scope(long tenant, String route, byte[] filter) {
    /** A scope of filter values: strings, numbers, instants, booleans, UUIDs, null. */
    public static Scope of(long tenant, String route, @Nullable Object... filter) {
      return new Scope(tenant, route, Digests.sha256(Frame.of(filter)));
    }
  }

  /** The cursor that continues behind this position. */
  public String write(Scope scope, List<String> position) {
    byte[] content = Frame.of(position.toArray());
    byte[] cursor = Arrays.copyOf(content, content.length + MAC_BYTES);
    System.arraycopy(mac(scope, content), 0, cursor, content.length, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  /** The position behind which to continue; empty without a cursor, a problem with a wrong one. */
  public List<String> read(Scope scope, @Nullable String cursor) {
    if (cursor == null) {
      return List.of();
    }
    byte[] bytes = decode(cursor);
    byte[] content = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, content.length, bytes.length);
    if (!MessageDigest.isEqual(mac, Arrays.copyOf(mac(scope, content), MAC_BYTES))) {
      throw refused();
    }
    List<String> position = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(content);
    while (in.hasRemaining()) {
      byte[] field = new byte[in.getInt()];
      in.get(field);
      position.add(new String(field, StandardCharsets.UTF_8));
    }
    return position;
  }

  private byte[] mac(Scope scope, byte[] content) {
    return key.mac(Frame.of(TAG, scope.tenant(), scope.route(), scope.filter(), content));
  }

  private static byte[] decode(String cursor) {
    if (cursor.length() > LONGEST) {
      throw refused();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      // One cursor has one spelling: stray bits behind the last byte are an alteration too.
      if (bytes.length >= MAC_BYTES
          && Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(cursor)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    throw refused();
  }

  private static Problem refused() {
    return Problem.invalid(
        "cursor", "Use a cursor only as it was given, with the same route and filters.");
  }
}
