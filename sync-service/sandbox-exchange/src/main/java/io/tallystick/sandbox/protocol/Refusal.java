package io.tallystick.sandbox.protocol;

/**
 * A refusal in the venue's error shape. Codes and statuses: Binance Spot REST docs, "Error codes"
 * and "HTTP return codes"; the texts vary in the wild and promise nothing.
 *
 * @param http status
 * @param code the venue's code
 * @param message the venue's text
 */
public record Refusal(int http, int code, String message) implements Answer {

  /** Status 400 with this code and text. */
  public static Refusal of(int code, String message) {
    return new Refusal(400, code, message);
  }

  /** A path that does not exist; every trading path is one. */
  public static Refusal notFound() {
    return new Refusal(404, -1, "Path does not exist.");
  }

  /** A symbol that never existed or was removed: the venue does not tell which. */
  public static Refusal invalidSymbol() {
    return of(-1121, "Invalid symbol.");
  }

  /** The signature does not fit the bytes, or the bytes were not percent-encoded. */
  public static Refusal badSignature() {
    return of(-1022, "Signature for this request is not valid.");
  }

  /** The key is not 64 letters and digits, or was not sent. */
  public static Refusal keyFormat() {
    return new Refusal(401, -2014, "API-key format invalid.");
  }

  /** Unknown or revoked key, foreign address, or missing right: one code for all. */
  public static Refusal key() {
    return new Refusal(401, -2015, "Invalid API-key, IP, or permissions for action.");
  }

  /** A mandatory parameter is missing or does not parse. */
  public static Refusal missing(String name) {
    return of(
        -1102, "Mandatory parameter '" + name + "' was not sent, was empty/null, or malformed.");
  }

  /** A number above what the endpoint takes. */
  public static Refusal above(String name, long max) {
    return of(
        -1102,
        "Parameter '" + name + "' contains unexpected value. Cannot be greater than " + max + ".");
  }

  /** A value of the wrong form. */
  public static Refusal invalid(String name) {
    return of(-1130, "Data sent for parameter '" + name + "' is not valid.");
  }

  /** Characters outside the legal range. */
  public static Refusal illegal(String name) {
    return of(-1100, "Illegal characters found in parameter '" + name + "'.");
  }

  /** Parameters that exclude each other. */
  public static Refusal combination() {
    return of(-1128, "Combination of optional parameters invalid.");
  }

  /** A window of more than a day on {@code /api}. */
  public static Refusal moreThanDay() {
    return of(-1127, "More than 24 hours between startTime and endTime.");
  }

  /** A window beyond what a capital endpoint takes. */
  public static Refusal window(int days) {
    return of(-4047, "Time interval must be within 0-" + days + " days");
  }

  /** A window beyond what Simple Earn takes. */
  public static Refusal earnWindow() {
    return of(-6021, "The query time range is too large.");
  }

  /** A service that the venue has given up. */
  public static Refusal retired() {
    return of(-1016, "This service is no longer available.");
  }
}
