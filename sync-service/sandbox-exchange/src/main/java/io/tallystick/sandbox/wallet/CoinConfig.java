package io.tallystick.sandbox.wallet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Holding;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.util.Map;

/**
 * {@code GET /sapi/v1/capital/config/getall}: every coin with its networks and the holder's spot
 * balance of it (Binance wallet docs, "All coins' information").
 */
public final class CoinConfig implements SignedEndpoint {
  private final Market market;

  /** Over the assets of this market. */
  public CoinConfig(Market market) {
    this.market = market;
  }

  @Override
  public String path() {
    return "/sapi/v1/capital/config/getall";
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(10);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Map<String, Holding> held = key.account().holdings(Wallet.SPOT);
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (Asset asset : market.assets()) {
      coin(rows.addObject(), asset, held.getOrDefault(asset.name(), Holding.ZERO));
    }
    return new Answer.Document(rows);
  }

  private static void coin(ObjectNode row, Asset asset, Holding held) {
    row.put("coin", asset.name())
        .put("depositAllEnable", !asset.fiat())
        .put("withdrawAllEnable", !asset.fiat())
        .put("name", asset.title())
        .put("free", Units.trimmed(held.free()))
        .put("locked", Units.trimmed(held.locked()))
        .put("freeze", Units.trimmed(held.freeze()))
        .put("withdrawing", Units.trimmed(held.withdrawing()))
        .put("ipoing", "0")
        .put("ipoable", "0")
        .put("storage", "0")
        .put("isLegalMoney", asset.fiat())
        .put("trading", true);
    ArrayNode networks = row.putArray("networkList");
    if (!asset.fiat()) {
      network(networks.addObject(), asset);
    }
  }

  private static void network(ObjectNode row, Asset asset) {
    String fee = Units.trimmed(asset.withdrawalFee());
    row.put("network", asset.network())
        .put("coin", asset.name())
        .put("withdrawIntegerMultiple", "0.00000001")
        .put("isDefault", true)
        .put("depositEnable", true)
        .put("withdrawEnable", true)
        .put("depositDesc", "")
        .put("withdrawDesc", "")
        .put("specialTips", "")
        .put("specialWithdrawTips", "")
        .put("name", asset.network())
        .put("resetAddressStatus", false)
        .put("addressRegex", "^(0x)[0-9A-Fa-f]{40}$")
        .put("memoRegex", "")
        .put("withdrawFee", fee)
        .put("withdrawMin", Units.trimmed(2 * asset.withdrawalFee()))
        .put("withdrawMax", "9999999999")
        .put("withdrawInternalMin", "0.00000001")
        .put("depositDust", "0.00000001")
        .put("minConfirm", 12)
        .put("unLockConfirm", 0)
        .put("sameAddress", false)
        .put("withdrawTag", false)
        .put("estimatedArrivalTime", 2)
        .put("busy", false)
        .put("contractAddressUrl", "")
        .put("contractAddress", "");
    if (asset.denomination() > 1) {
      row.put("denomination", asset.denomination());
    }
  }
}
