package io.tallystick.sandbox.wallet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Look;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.util.List;
import java.util.Optional;

/**
 * The two reads by POST that show a wallet with what is frozen and on its way out: {@code
 * getUserAsset} (spot) and {@code get-funding-asset} (Binance wallet docs, "User asset" and
 * "Funding wallet"). Assets of which nothing is left are not shown.
 */
public final class WalletAssets implements SignedEndpoint {
  private final Wallet wallet;
  private final String path;
  private final int weight;

  private WalletAssets(Wallet wallet, String path, int weight) {
    this.wallet = wallet;
    this.path = path;
    this.weight = weight;
  }

  /** {@code POST /sapi/v3/asset/getUserAsset}. */
  public static WalletAssets spot() {
    return new WalletAssets(Wallet.SPOT, "/sapi/v3/asset/getUserAsset", 5);
  }

  /** {@code POST /sapi/v1/asset/get-funding-asset}. */
  public static WalletAssets funding() {
    return new WalletAssets(Wallet.FUNDING, "/sapi/v1/asset/get-funding-asset", 1);
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.text("asset"), Parameter.flag("needBtcValuation"));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(weight);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Optional<String> only = arguments.text("asset");
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Look.of(key.account(), wallet)
        .forEach((asset, held) -> {
          if (held.total() > 0 && (only.isEmpty() || only.get().equals(asset))) {
            ObjectNode row = rows.addObject();
            row.put("asset", asset)
                .put("free", Units.trimmed(held.free()))
                .put("locked", Units.trimmed(held.locked()))
                .put("freeze", Units.trimmed(held.freeze()))
                .put("withdrawing", Units.trimmed(held.withdrawing()));
            if (wallet == Wallet.SPOT) {
              row.put("ipoable", "0");
            }
            row.put("btcValuation", "0");
          }
        });
    return new Answer.Document(rows);
  }
}
