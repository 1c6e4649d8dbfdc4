package io.tallystick.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Deposit;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.LiveDesk;
import io.tallystick.sandbox.account.PlanAnswers;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.account.Withdrawal;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The control calls about accounts: open one, let something happen to it, hide or change a row. */
final class AccountRoutes {
  private final Exchange exchange;

  AccountRoutes(Exchange exchange) {
    this.exchange = exchange;
  }

  /** {@code POST /sandbox/accounts}. */
  JsonNode open(Form form) {
    String name = form.text("name");
    long seed = form.numberOr("seed", 1);
    String size = form.textOr("size", "small").toLowerCase(Locale.ROOT);
    AccountPlan plan =
        switch (size) {
          case "demo" -> AccountPlan.demo(name, seed);
          case "full" -> full(form, name, seed);
          case "small" -> AccountPlan.small(name, seed);
          case "sized" -> sized(form, name, seed);
          default -> throw new Form.Unfit("size is demo, full, small or sized");
        };
    if (form.has("removed_symbols")) {
      plan = plan.withRemovedSymbols(form.intOr("removed_symbols", 0));
    }
    return told(exchange.addAccount(plan));
  }

  /** {@code GET /sandbox/accounts/NAME}: what the account really holds. */
  JsonNode tell(String name) {
    return told(account(name));
  }

  /** {@code POST /sandbox/accounts/NAME/WHAT}. */
  JsonNode change(String name, String what, Form form) {
    Account account = account(name);
    return switch (what) {
      case "trades" -> trade(account, form);
      case "deposits" -> deposit(account, form);
      case "withdrawals" -> withdraw(account, form);
      case "deposit-status" ->
          done(account.changeDeposit(form.text("id"), form.intOr("status", 1)));
      case "withdrawal-status" ->
          done(account.changeWithdrawal(form.text("id"), form.intOr("status", 6)));
      case "fee" ->
          done(
              account.changeFee(
                  form.text("symbol"), form.number("id"), form.flag("buyer"), form.units("fee")));
      case "withhold" -> withhold(account, form);
      case "auto-invest" -> answerPlans(account, form);
      case "show-all" -> {
        account.showAll();
        yield done(true);
      }
      default -> throw new Form.Unfit("no such call: " + what);
    };
  }

  Account account(String name) {
    return exchange.account(name).orElseThrow(() -> new Form.Unfit("no account '" + name + "'"));
  }

  private static AccountPlan full(Form form, String name, long seed) {
    AccountPlan plan = AccountPlan.full(name, seed);
    Variety variety =
        plan.variety()
            .withBursts(form.intOr("rewards", 0), form.intOr("dust", 0), form.intOr("converts", 0))
            .withPlanRuns(form.intOr("plan_runs", 0));
    return plan.with(variety);
  }

  private static AccountPlan sized(Form form, String name, long seed) {
    AccountPlan plan =
        AccountPlan.sized(name, seed, form.intOr("symbols", 20), form.intOr("fills", 1_000));
    return form.has("sold_off") ? plan.withSoldOff(form.intOr("sold_off", 0)) : plan;
  }

  private JsonNode trade(Account account, Form form) {
    Listing listing =
        exchange
            .market()
            .listed(form.text("symbol"))
            .orElseThrow(() -> new Form.Unfit("no such symbol"));
    String side = form.text("side");
    if (!List.of("BUY", "SELL").contains(side)) {
      throw new Form.Unfit("side is BUY or SELL");
    }
    LiveDesk.Wish wish =
        new LiveDesk.Wish(
            side.equals("BUY"),
            form.units("price"),
            form.units("quantity"),
            form.unitsOr("fee", 0),
            form.textOr("fee_asset", "BNB"));
    Fill fill =
        exchange
            .floor()
            .trade(account, listing, wish)
            .orElseThrow(() -> new Form.Unfit("not enough of an asset, or too fine a cost"));
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", fill.id())
        .put("order_id", fill.orderId())
        .put("time", fill.time());
  }

  private JsonNode deposit(Account account, Form form) {
    Deposit made =
        exchange
            .floor()
            .deposit(
                account, asset(form), form.units("amount"), wallet(form), form.intOr("status", 1));
    return JsonNodeFactory.instance.objectNode().put("id", made.id());
  }

  private JsonNode withdraw(Account account, Form form) {
    Optional<Withdrawal> made =
        exchange
            .floor()
            .withdraw(
                account, asset(form), form.units("amount"), wallet(form), form.intOr("status", 6));
    String id = made.orElseThrow(() -> new Form.Unfit("not enough for amount and fee")).id();
    return JsonNodeFactory.instance.objectNode().put("id", id);
  }

  private static JsonNode withhold(Account account, Form form) {
    if (form.has("symbol")) {
      account.withhold(form.text("symbol"), form.number("id"), form.flag("buyer"));
    } else {
      account.withhold(form.text("id"));
    }
    return done(true);
  }

  private static JsonNode answerPlans(Account account, Form form) {
    String wanted = form.text("answers");
    PlanAnswers answers =
        switch (wanted) {
          case "not_found" -> PlanAnswers.NOT_FOUND;
          case "retired" -> PlanAnswers.RETIRED;
          case "served" -> PlanAnswers.SERVED;
          default -> throw new Form.Unfit("answers is not_found, retired or served");
        };
    account.planAnswers(answers);
    return done(true);
  }

  private Asset asset(Form form) {
    return exchange
        .market()
        .asset(form.text("coin"))
        .orElseThrow(() -> new Form.Unfit("no such coin"));
  }

  private static Wallet wallet(Form form) {
    return switch (form.textOr("wallet", "spot")) {
      case "spot" -> Wallet.SPOT;
      case "funding" -> Wallet.FUNDING;
      default -> throw new Form.Unfit("wallet is spot or funding");
    };
  }

  private static JsonNode done(boolean found) {
    if (!found) {
      throw new Form.Unfit("there is no such record");
    }
    return JsonNodeFactory.instance.objectNode().put("done", true);
  }

  private static JsonNode told(Account account) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", account.name()).put("uid", account.uid()).put("fills", account.fillCount());
    ObjectNode wallets = body.putObject("wallets");
    for (Wallet wallet : Wallet.values()) {
      ObjectNode totals = wallets.putObject(wallet.name().toLowerCase(Locale.ROOT));
      account
          .holdings(wallet)
          .forEach((asset, held) -> totals.put(asset, Units.text(held.total())));
    }
    return body;
  }
}
