package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.PublicEndpoint;
import io.tallystick.sandbox.protocol.Sent;

/** {@code GET /api/v3/ping}: says that the exchange is there. */
public final class Ping implements PublicEndpoint {
  @Override
  public String path() {
    return "/api/v3/ping";
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.api(1);
  }

  @Override
  public Answer answer(Arguments arguments) {
    return new Answer.Document(JsonNodeFactory.instance.objectNode());
  }
}
