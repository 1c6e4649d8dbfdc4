package io.tallystick.access;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened. Ids are pseudonymous; facts may be personal and are stored sealed only.
 * Never a key, a signature, a query string, or a plain digest of guessable content.
 *
 * @param holder zero where no holder is concerned
 * @param facts what a reviewer wants to know, as text; kept in canonical order
 */
public record Leaf(
    Kind kind,
    long holder,
    @Nullable Long consent,
    @Nullable Long connection,
    @Nullable Long client,
    Map<String, String> facts) {

  public Leaf {
    facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /**
   * That a client of the house looked at something.
   *
   * @param holder zero where no single holder is concerned
   * @param route the operation in the contract's words, such as {@code GET /v1/holders}
   * @param rows how many were shown
   */
  public static Leaf looked(
      long holder,
      @Nullable Long consent,
      @Nullable Long connection,
      long client,
      String route,
      int rows) {
    Map<String, String> facts = Map.of("route", route, "rows", Integer.toString(rows));
    return new Leaf(Kind.READ, holder, consent, connection, client, facts);
  }

  /** What happened; the code is stable. */
  public enum Kind {
    CONSENT_REQUESTED("consent.requested"),
    CONSENT_REFUSED("consent.refused"),
    CONSENT_GRANTED("consent.granted"),
    CONSENT_AMENDED("consent.amended"),
    CONSENT_CONFIRMED("consent.confirmed"),
    CONSENT_PAUSED("consent.paused"),
    CONSENT_RESUMED("consent.resumed"),
    CONSENT_WITHDRAWN("consent.withdrawn"),
    CONSENT_REVOKED("consent.revoked"),
    CONSENT_INVALIDATED("consent.invalidated"),
    CONSENT_EXPIRED("consent.expired"),
    CONSENT_REMINDED("consent.reminded"),
    RIGHTS_CHECKED("rights.checked"),
    CONNECTION_CREATED("connection.created"),
    CONNECTION_REFUSED("connection.refused"),
    CONNECTION_CHANGED("connection.changed"),
    KEY_OFFERED("key.offered"),
    PULL("pull"),
    PULL_REFUSED("pull.refused"),
    READ("read"),
    READ_REFUSED("read.refused"),
    ADMIN("admin"),
    ERASED("erasure");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The name in the log and in the API. */
    public String code() {
      return code;
    }

    /** The kind of this name; null when there is none. */
    public static @Nullable Kind of(String code) {
      for (Kind kind : values()) {
        if (kind.code.equals(code)) {
          return kind;
        }
      }
      return null;
    }
  }
}
