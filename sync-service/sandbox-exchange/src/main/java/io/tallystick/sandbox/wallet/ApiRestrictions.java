package io.tallystick.sandbox.wallet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;

/**
 * {@code GET /sapi/v1/account/apiRestrictions}: what the key may do; the only place that says so
 * (Binance wallet docs, "Get API key permission").
 */
public final class ApiRestrictions implements SignedEndpoint {
  @Override
  public String path() {
    return "/sapi/v1/account/apiRestrictions";
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(1);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("ipRestrict", !key.addresses().isEmpty());
    body.put("createTime", key.createTime());
    key.rights().flags().forEach(body::put);
    return new Answer.Document(body);
  }
}
