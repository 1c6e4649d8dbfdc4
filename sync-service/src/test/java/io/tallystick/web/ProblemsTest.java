package io.tallystick.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tallystick.boot.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProblemsTest {
  private static ValidatableResponse problem(Response response, int status, String code) {
    return response
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("https://tallystick.io/problems/" + code))
        .body("code", equalTo(code))
        .body("status", equalTo(status))
        .body("title", not(nullValue()))
        .body("detail", not(nullValue()))
        .body("request_id", matchesPattern("req_[0-9a-f]{20}"))
        .header("cache-control", "no-store")
        .body("request_id", equalTo(response.header("x-request-id")));
  }

  @Test
  @DisplayName("F68 an internal error tells its request id and nothing of the inside")
  void internalErrorsTellNothing() {
    for (String how : List.of("sql", "null", "wrapped", "error")) {
      Response response = given().get("/v1/trouble/" + how);
      problem(response, 500, "internal");
      String all = (response.body().asString() + response.headers()).toLowerCase(Locale.ROOT);
      for (String inside :
          List.of(
              "exception",
              "java",
              "io.tallystick",
              "sql",
              "select",
              "relation",
              "postgres",
              "/var",
              "10.0.0.5",
              "secret",
              "at line",
              "stack")) {
        assertFalse(all.contains(inside), how + " tells " + inside);
      }
    }
  }

  @Test
  void refusalsOfHttpItselfAreProblemsToo() {
    problem(given().get("/v1/no-such-thing"), 404, "not-found");
    problem(given().delete("/v1/trouble"), 405, "method-not-allowed");
    problem(
        given().contentType("text/plain").body("x").post("/v1/trouble"),
        415,
        "unsupported-media-type");
    problem(
        given().contentType("application/json").accept("image/png").body("{}").post("/v1/trouble"),
        406,
        "not-acceptable");
    problem(given().get("/v1/clients"), 401, "unauthenticated")
        .header("www-authenticate", "Bearer");
    problem(
        given().header("Authorization", "Bearer no-such-token").get("/v1/clients"),
        401,
        "unauthenticated");
    problem(
        given().header("Authorization", "Basic eDp5").get("/v1/clients"), 401, "unauthenticated");
  }

  @Test
  void bodiesThatAreNotJsonAreRefusedWithoutBeingRepeated() {
    for (String bad :
        List.of("{", "{\"a\": 1, \"a\": 2}", "[".repeat(40) + "]".repeat(40), "canary-value", "")) {
      Response response = given().contentType("application/json").body(bad).post("/v1/trouble");
      problem(response, 400, "invalid-request");
      assertFalse(response.body().asString().contains("canary"), "the body is not repeated");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/trouble", "//v1/trouble", "/./v1/trouble", "/%76%31/trouble"})
  @DisplayName("F70 a body of a gigabyte is refused before it is sent, however its way is spelled")
  void hugeBodiesAreRefusedEarly(String path) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 1073741824\r\n\r\n{")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.setSoTimeout(10_000);
      String answer = read(socket.getInputStream());
      assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
      assertTrue(answer.contains("https://tallystick.io/problems/too-large"), answer);
    }
  }

  @Test
  @DisplayName("F70 a body that hides its length is cut off at the limit, others are served")
  void chunkedBodiesAreCutOff() throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/trouble HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      String chunk = " ".repeat(0x10000);
      int sent = 0;
      try {
        for (; sent < 64; sent++) {
          out.write(("10000\r\n" + chunk + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // Cut off while still sending: that is what is asked for.
        assertTrue(sent > 0, "the connection was open at first");
      }
      given().contentType("application/json").body("{}").post("/v1/trouble").then().statusCode(200);
      socket.setSoTimeout(10_000);
      String answer = sent < 64 ? "" : read(socket.getInputStream());
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 413"), answer);
    }
  }

  @Test
  void bodiesUpToTheLimitAreRead() {
    String body = "\"" + "x".repeat(1_000_000) + "\"";
    given()
        .contentType("application/json")
        .body(body)
        .post("/v1/trouble")
        .then()
        .statusCode(200)
        .body("size", equalTo(body.length()));
  }

  @Test
  @DisplayName("F96 a secret in the query is refused with the advice to replace it")
  void secretsInTheQueryAreRefused() {
    for (String name :
        List.of("token", "api_key", "apiKey", "SECRET", "access_token", "password")) {
      Response response = given().get("/v1/clients?" + name + "=canary-4711");
      problem(response, 400, "invalid-request").body("remedy", not(nullValue()));
      assertFalse(response.body().asString().contains("canary"), name);
    }
    assertEquals(401, given().get("/v1/clients?limit=1").statusCode());
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
