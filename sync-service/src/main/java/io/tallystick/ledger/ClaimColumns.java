package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns of claims, as arrays. */
final class ClaimColumns {
  final UUID[] keys;
  final String[] forms;
  final OffsetDateTime[] starts;
  final OffsetDateTime[] ends;
  final Integer[] counts;
  final UUID[] evidence;
  final BigDecimal[] amounts;
  final @Nullable BigDecimal[] quoteAmounts;
  final @Nullable String[] wallets;
  final @Nullable String[] assets;
  final @Nullable String[] quoteAssets;
  final @Nullable String[] roles;
  final @Nullable String[] contras;
  final @Nullable String[] kinds;
  final @Nullable String[] families;
  final @Nullable String[] markets;
  final @Nullable String[] orderRefs;
  final @Nullable UUID[] events;
  final @Nullable String[] pages;
  final Integer[] dictionaries;
  private final byte[] connection;
  private int at;

  ClaimColumns(int n, byte[] connection) {
    this.connection = connection.clone();
    events = new UUID[n];
    pages = new String[n];
    dictionaries = new Integer[n];
    keys = new UUID[n];
    forms = new String[n];
    starts = new OffsetDateTime[n];
    ends = new OffsetDateTime[n];
    counts = new Integer[n];
    evidence = new UUID[n];
    amounts = new BigDecimal[n];
    quoteAmounts = new BigDecimal[n];
    List<@Nullable String[]> texts = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      texts.add(new String[n]);
    }
    wallets = texts.get(0);
    assets = texts.get(1);
    quoteAssets = texts.get(2);
    roles = texts.get(3);
    contras = texts.get(4);
    kinds = texts.get(5);
    families = texts.get(6);
    markets = texts.get(7);
    orderRefs = texts.get(8);
  }

  void add(UUID key, Claimed claimed) {
    int i = at++;
    keys[i] = key;
    starts[i] = claimed.claim().from().atOffset(ZoneOffset.UTC);
    ends[i] = claimed.claim().to().atOffset(ZoneOffset.UTC);
    counts[i] = claimed.count();
    dictionaries[i] = claimed.dictionary();
    evidence[i] = Objects.requireNonNull(claimed.evidence());
    switch (claimed.claim()) {
      case Leg leg -> {
        forms[i] = ClaimStore.Form.LEG.code();
        wallets[i] = leg.wallet();
        assets[i] = leg.asset();
        amounts[i] = leg.change();
        roles[i] = leg.role().name();
        contras[i] = leg.contra();
        kinds[i] = leg.kind().code();
        families[i] = leg.family();
        events[i] = leg.event() == null ? null : leg.event().id(connection, 0);
        pages[i] = leg.page() == null ? null : leg.page().name();
      }
      case Act act -> {
        forms[i] = ClaimStore.Form.ACT.code();
        wallets[i] = act.wallet();
        assets[i] = act.first().asset();
        amounts[i] = act.first().amount();
        quoteAssets[i] = act.second().asset();
        quoteAmounts[i] = act.second().amount();
        roles[i] = act.tie().name();
        families[i] = act.domain();
        pages[i] = act.page().name();
      }
      case OrderRow row -> {
        forms[i] = ClaimStore.Form.ORDER.code();
        wallets[i] = row.wallet();
        assets[i] = row.base();
        quoteAssets[i] = row.quote();
        amounts[i] = row.buy() ? row.quantity() : row.quantity().negate();
        quoteAmounts[i] = row.total();
        markets[i] = row.market();
        orderRefs[i] = row.orderRef();
      }
    }
  }
}
