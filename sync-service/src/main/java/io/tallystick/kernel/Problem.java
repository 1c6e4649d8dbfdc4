package io.tallystick.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is a refusal, as RFC 9457 writes it: a stable type, what was wrong, and what to do
 * next. Never carries a secret, a stack trace, SQL, a path or a class name.
 */
public final class Problem extends RuntimeException {
  private final Kind kind;
  private final Map<String, Object> extras = new LinkedHashMap<>();

  /** What kind of refusal; the code is stable and part of the contract. */
  public enum Kind {
    INVALID_REQUEST(400, "The request is not valid"),
    UNAUTHENTICATED(401, "A valid bearer token is needed"),
    FORBIDDEN(403, "The token's role does not allow this"),
    CONSENT_MISSING(403, "No active consent covers this"),
    NOT_FOUND(404, "There is no such thing here"),
    METHOD_NOT_ALLOWED(405, "This method is not offered here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types is offered"),
    CONFLICT(409, "The present state does not allow this"),
    ALREADY_CONNECTED(409, "This venue account is already connected"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type is not read here"),
    KEY_TOO_POWERFUL(422, "The key can do more than read"),
    KEY_UNVERIFIABLE(422, "The key's rights cannot be verified"),
    KEY_REJECTED(422, "The venue does not accept the key"),
    KEY_SIGNATURE_REJECTED(422, "The venue does not accept the key's signature"),
    KEY_MALFORMED(422, "The key does not have the venue's form"),
    TOO_MANY_REQUESTS(429, "Too many requests of this kind came from here"),
    VENUE_UNAVAILABLE(503, "The venue cannot be reached now"),
    VENUE_RESTRICTED(422, "The venue refuses this location"),
    UNAVAILABLE(503, "The service cannot answer now"),
    INTERNAL(500, "Something went wrong on our side");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** One line for a person, the same for every occurrence. */
    public String title() {
      return title;
    }

    /** The stable code: lower case, hyphens. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** A problem with a sentence that says what happened and what to do. */
  public Problem(Kind kind, String detail) {
    super(detail);
    this.kind = kind;
  }

  /** Adds a member to the document: text, number, boolean, or a list or map of them. */
  public Problem with(String name, Object value) {
    extras.put(name, value);
    return this;
  }

  /** Names the field at fault. */
  public Problem field(String name) {
    return with("field", name);
  }

  /** The kind. */
  public Kind kind() {
    return kind;
  }

  /** Further members, in order. */
  public Map<String, Object> extras() {
    return java.util.Collections.unmodifiableMap(extras);
  }

  /** The sentence, never null. */
  public String detail() {
    @Nullable String message = getMessage();
    return message == null ? kind.title() : message;
  }

  /** Shorthand for a bad field of a request. */
  public static Problem invalid(String field, String detail) {
    return new Problem(Kind.INVALID_REQUEST, detail).field(field);
  }

  /** Shorthand for a thing that is not there, or not yours: the two are told apart by nobody. */
  public static Problem notFound() {
    return new Problem(
        Kind.NOT_FOUND,
        "Check the id. Ids of another tenant or holder are answered like this too.");
  }
}
