package io.tallystick.sandbox.fault;

/** One way of misbehaving. Those without a status of their own spoil the good reply. */
public sealed interface Fault {

  /** 429 with this text as {@code Retry-After}; an empty text sends none. */
  record TooMany(String retryAfter) implements Fault {}

  /** 418, banned for so many seconds; the ban itself is only said, not kept. */
  record Banned(long seconds) implements Fault {}

  /** 403 with a page of a firewall. */
  record Firewall() implements Fault {}

  /** 451 with {@code code} 0. */
  record Region() implements Fault {}

  /** A status from 500 on. */
  record ServerError(int status) implements Fault {}

  /** 200 with a page instead of data. */
  record Page() implements Fault {}

  /** The line drops in the middle of the body. */
  record CutBody() implements Fault {}

  /** A whole reply whose JSON ends in the middle. */
  record HalfJson() implements Fault {}

  /** The announced length is off by so much. */
  record WrongLength(int by) implements Fault {}

  /** The line drops instead of an answer. */
  record Reset() implements Fault {}

  /** The good reply, so many milliseconds late. */
  record Slow(long millis) implements Fault {}

  /** The good reply, a byte every so many milliseconds. */
  record Drip(long millis) implements Fault {}

  /** The good reply, then blanks until so many bytes. */
  record HugeBody(long bytes) implements Fault {}

  /** A small gzip body that unpacks to so many bytes. */
  record GzipBomb(long bytes) implements Fault {}

  /** The reply before this one to the same method, path and key; the good one if there is none. */
  record DuplicatePage() implements Fault {}

  /** 302 to this address. */
  record Redirect(String location) implements Fault {}

  /** The venue's error shape with this status, code and text. */
  record Refuse(int status, int code, String message) implements Fault {}

  /** This text instead of the body. */
  record Replace(int status, String contentType, String body) implements Fault {}

  /** A field of one row (of a list, or of the whole where it is no list) becomes this raw JSON. */
  record SetField(int row, String field, String json) implements Fault {}

  /** A field of one row goes missing. */
  record DropField(int row, String field) implements Fault {}

  /** The exchange's clock jumps by so many milliseconds just before the call is judged. */
  record ClockJump(long millis) implements Fault {}
}
