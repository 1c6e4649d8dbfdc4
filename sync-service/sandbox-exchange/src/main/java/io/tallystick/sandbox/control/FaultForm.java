package io.tallystick.sandbox.control;

import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.fault.FaultBook;

/** Reads a wish for misbehaviour; the kinds and their fields are in the module's README. */
final class FaultForm {
  private FaultForm() {}

  static void book(Form form, FaultBook faults) {
    Fault fault = fault(form);
    if (form.has("at_call")) {
      faults.atCall(form.number("at_call"), fault);
    } else {
      faults.next(
          form.intOr("times", 1), form.textOr("method", ""), form.textOr("path", ""), fault);
    }
  }

  private static Fault fault(Form form) {
    String kind = form.text("kind");
    return switch (kind) {
      case "too_many" -> new Fault.TooMany(form.textOr("retry_after", ""));
      case "banned" -> new Fault.Banned(form.numberOr("seconds", 120));
      case "firewall" -> new Fault.Firewall();
      case "region" -> new Fault.Region();
      case "server_error" -> new Fault.ServerError(form.intOr("status", 500));
      case "page" -> new Fault.Page();
      case "cut_body" -> new Fault.CutBody();
      case "half_json" -> new Fault.HalfJson();
      case "wrong_length" -> new Fault.WrongLength(form.intOr("by", 10));
      case "reset" -> new Fault.Reset();
      case "slow" -> new Fault.Slow(form.number("millis"));
      case "drip" -> new Fault.Drip(form.numberOr("millis", 1_000));
      case "huge_body" -> new Fault.HugeBody(form.number("bytes"));
      case "gzip_bomb" -> new Fault.GzipBomb(form.number("bytes"));
      case "duplicate_page" -> new Fault.DuplicatePage();
      case "redirect" -> new Fault.Redirect(form.text("location"));
      case "refuse" ->
          new Fault.Refuse(
              form.intOr("status", 400), form.intOr("code", -1000), form.textOr("message", ""));
      case "replace" ->
          new Fault.Replace(
              form.intOr("status", 200),
              form.textOr("content_type", "application/json"),
              form.text("body"));
      case "set_field" ->
          new Fault.SetField(form.intOr("row", 0), form.text("field"), form.text("json"));
      case "drop_field" -> new Fault.DropField(form.intOr("row", 0), form.text("field"));
      case "clock_jump" -> new Fault.ClockJump(form.number("millis"));
      default -> throw new Form.Unfit("no such kind of fault: " + kind);
    };
  }
}
