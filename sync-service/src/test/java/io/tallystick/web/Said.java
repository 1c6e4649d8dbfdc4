package io.tallystick.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.response.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says, for tests that ask thousands of times: REST Assured compiles an expression
 * each time it reads a field, which costs more than most answers.
 */
public final class Said {
  private static final JsonMapper JSON = new JsonMapper();

  private Said() {}

  /** All of it. */
  public static JsonNode all(Response answer) {
    try {
      return JSON.readTree(answer.asByteArray());
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + answer.asString(), e);
    }
  }

  /** A text; null when there is none. */
  public static @Nullable String text(Response answer, String field) {
    return all(answer).path(field).textValue();
  }

  /** The id of what was made; fails when there is none. */
  public static String id(Response answer) {
    String id = text(answer, "id");
    if (id == null) {
      throw new AssertionError("no id: " + answer.asString());
    }
    return id;
  }
}
