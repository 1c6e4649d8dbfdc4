package io.tallystick.sandbox.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.fault.FaultBook;
import io.tallystick.sandbox.fault.FaultEffects;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.ArgumentReader;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Endpoint;
import io.tallystick.sandbox.protocol.Gate;
import io.tallystick.sandbox.protocol.Meter;
import io.tallystick.sandbox.protocol.PublicEndpoint;
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The order in which a request is judged: ban, path, weight by address, key and signature, weight
 * by account, parameters, then the endpoint. A fault spoils the reply at the very end, so that what
 * was counted stays counted.
 */
final class Desk {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");
  private static final Set<String> MILLIS = Set.of("", "millisecond");
  private static final String MICROS = "microsecond";

  private final ExchangeClock clock;
  private final Meter meter;
  private final Gate gate;
  private final FaultBook faults;
  private final CallLog calls;
  private final Registry registry;
  private final Map<String, Reply> before = new ConcurrentHashMap<>();

  Desk(
      ExchangeClock clock,
      Meter meter,
      Gate gate,
      FaultBook faults,
      CallLog calls,
      Registry registry) {
    this.clock = clock;
    this.meter = meter;
    this.gate = gate;
    this.faults = faults;
    this.calls = calls;
    this.registry = registry;
  }

  /** A reply with what it cost; {@code used} is 0 where nothing was charged. */
  private record Judged(Reply reply, int code, int weight, long used) {}

  /** A charge that was accepted or refused. */
  private record Paid(Meter.Verdict verdict, Charge charge) {}

  List<String> endpoints() {
    return registry.names();
  }

  Reply handle(Request request) {
    long index = calls.open();
    Optional<Fault> fault = faults.take(request.method(), request.path(), index);
    if (fault.isPresent() && fault.get() instanceof Fault.ClockJump jump) {
      clock.jump(jump.millis());
    }
    long now = clock.millis();
    Sent sent = Sent.of(request);
    String address = address(request);
    Judged judged = judge(request, sent, address, now);
    Reply reply = judged.reply();
    String page = request.method() + request.path() + request.header("X-MBX-APIKEY");
    if (fault.isPresent()) {
      reply = FaultEffects.spoil(fault.get(), reply, before.getOrDefault(page, reply), now);
    } else if (reply.status() == 200) {
      before.put(page, reply);
    }
    calls.add(
        new Call(
            index,
            now,
            request.method(),
            request.path(),
            sent.withoutSignature(),
            reply.status(),
            fault.isPresent() ? 0 : judged.code(),
            judged.weight(),
            judged.used(),
            RegisteredKey.fingerprint(request.header("X-MBX-APIKEY")),
            address,
            fault.map(f -> f.getClass().getSimpleName()).orElse("")));
    return reply;
  }

  /** Callers on this machine may pretend to be elsewhere; nobody else may. */
  private static String address(Request request) {
    String pretended = request.header("X-Sandbox-Client-Ip");
    boolean may = LOOPBACK.contains(request.clientAddress()) && !pretended.isEmpty();
    return may ? pretended : request.clientAddress();
  }

  private Judged judge(Request request, Sent sent, String address, long now) {
    if (meter.knock(address, now) instanceof Meter.Verdict.Banned ban) {
      return banned(ban, 0);
    }
    Optional<Endpoint> found = registry.find(request.method(), request.path());
    if (found.isEmpty()) {
      return refused(Refusal.notFound());
    }
    Endpoint endpoint = found.get();
    Charge charge = endpoint.charge(sent);
    if (!charge.pool().byAccount()) {
      Paid paid = pay(charge, endpoint, address, now);
      return paid.verdict() instanceof Meter.Verdict.Within
          ? shown(answer(request, sent, endpoint, address, now), paid)
          : limited(paid);
    }
    return switch (gate.admit(request, sent, address, now)) {
      case Gate.Admission.Refused no -> refused(no.refusal());
      case Gate.Admission.Admitted in -> {
        Paid paid = pay(charge, endpoint, String.valueOf(in.key().account().uid()), now);
        yield paid.verdict() instanceof Meter.Verdict.Within
            ? shown(call(request, sent, endpoint, Optional.of(in.key()), now), paid)
            : limited(paid);
      }
    };
  }

  private Paid pay(Charge charge, Endpoint endpoint, String payer, long now) {
    return new Paid(meter.charge(charge, endpoint.path(), payer, now), charge);
  }

  private Answer answer(Request request, Sent sent, Endpoint endpoint, String address, long now) {
    if (!endpoint.signed()) {
      return call(request, sent, endpoint, Optional.empty(), now);
    }
    return switch (gate.admit(request, sent, address, now)) {
      case Gate.Admission.Refused no -> no.refusal();
      case Gate.Admission.Admitted in -> call(request, sent, endpoint, Optional.of(in.key()), now);
    };
  }

  private static Answer call(
      Request request, Sent sent, Endpoint endpoint, Optional<RegisteredKey> key, long now) {
    String unit = request.header("X-MBX-TIME-UNIT").toLowerCase(Locale.ROOT);
    boolean known = MILLIS.contains(unit) || unit.equals(MICROS);
    if (!known && endpoint.path().startsWith("/api/")) {
      return Refusal.of(-1194, "Invalid value for time unit; expected 'MICROSECOND'.");
    }
    return switch (ArgumentReader.read(sent, endpoint, unit.equals(MICROS), now)) {
      case ArgumentReader.Reading.Wrong wrong -> wrong.refusal();
      case ArgumentReader.Reading.Fine fine ->
          switch (endpoint) {
            case PublicEndpoint open -> open.answer(fine.arguments());
            case SignedEndpoint closed -> closed.answer(fine.arguments(), key.orElseThrow());
          };
    };
  }

  private static Judged shown(Answer answer, Paid paid) {
    Reply reply =
        switch (answer) {
          case Refusal no -> FaultEffects.error(no.http(), no.code(), no.message());
          case Answer.Document document -> document(document);
        };
    int code = answer instanceof Refusal no ? no.code() : 0;
    long used = paid.verdict() instanceof Meter.Verdict.Within within ? within.used() : 0;
    return new Judged(withUsed(reply, paid.charge(), used), code, paid.charge().weight(), used);
  }

  private static Reply document(Answer.Document document) {
    try {
      return Reply.json(200, Body.of(JSON.writeValueAsBytes(document.body())));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can be written", e);
    }
  }

  private static Judged refused(Refusal refusal) {
    Reply reply = FaultEffects.error(refusal.http(), refusal.code(), refusal.message());
    return new Judged(reply, refusal.code(), 0, 0);
  }

  private static Judged limited(Paid paid) {
    int weight = paid.charge().weight();
    return switch (paid.verdict()) {
      case Meter.Verdict.Within within -> throw new IllegalStateException("not limited: " + within);
      case Meter.Verdict.Banned ban -> banned(ban, weight);
      case Meter.Verdict.Exceeded over -> {
        String text = "Too much request weight used; current limit is " + over.limit() + ".";
        Reply reply =
            FaultEffects.error(429, -1003, text)
                .with("Retry-After", String.valueOf(over.retryAfter()));
        yield new Judged(withUsed(reply, paid.charge(), over.used()), -1003, weight, over.used());
      }
    };
  }

  private static Judged banned(Meter.Verdict.Banned ban, int weight) {
    String text = "Way too much request weight used; IP banned until " + ban.until() + ".";
    Reply reply =
        FaultEffects.error(418, -1003, text).with("Retry-After", String.valueOf(ban.retryAfter()));
    return new Judged(reply, -1003, weight, 0);
  }

  private static Reply withUsed(Reply reply, Charge charge, long used) {
    return reply.with(charge.pool().header(), String.valueOf(used));
  }
}
