package io.tallystick.records;

import java.time.Instant;

/** Engagements of reviewers, as an owner makes them. */
public final class Reviews {
  private Reviews() {}

  /** The token of a reviewer of an account's connection, for a period of the log. */
  public static String token(BookedAccount account, Instant from, Instant to) {
    return account
        .tenant
        .as("owner")
        .contentType("application/json")
        .body(
            """
            {"name": "Prüfer & Partner", "connections": ["%s"], "from": "%s", "to": "%s",
             "expires_at": "%s"}
            """
                .formatted(account.connection.id(), from, to, Instant.now().plusSeconds(3600)))
        .post("/v1/engagements")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }
}
