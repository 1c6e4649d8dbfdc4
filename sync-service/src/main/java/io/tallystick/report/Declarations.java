package io.tallystick.report;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.costbasis.IncomeKind;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.Kinds;
import io.tallystick.report.DeclarationViews.DeclarationRequest;
import io.tallystick.report.DeclarationViews.DeclarationView;
import io.tallystick.report.DeclarationViews.LotRequest;
import io.tallystick.report.StatementStore.Statement;
import io.tallystick.report.reading.BookRows;
import io.tallystick.report.reading.Declaration;
import io.tallystick.report.reading.Declaration.Kind;
import io.tallystick.report.reading.Declaration.Purpose;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.valuation.Prices;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes statements of people in, and takes them back; each is a leaf of the access log. */
@ApplicationScoped
class Declarations {
  private final OpenBooks books;
  private final StatementStore statements;
  private final AccessLog log;
  private final Pace pace;

  Declarations(OpenBooks books, StatementStore statements, AccessLog log, Pace pace) {
    this.books = books;
    this.statements = statements;
    this.log = log;
    this.pace = pace;
  }

  /** Records statements of one holder, all or none of them. */
  List<DeclarationView> declare(
      Caller caller, String route, String holder, List<DeclarationRequest> requests) {
    return books.of(
        caller,
        route,
        holder,
        (tx, permits) -> {
          long key = permits.getFirst().holder();
          List<DeclarationView> made = new ArrayList<>();
          for (DeclarationRequest request : requests) {
            made.add(declare(tx, caller, permits, key, request));
          }
          return new Reads.Served<>(made, made.size());
        });
  }

  /** Every statement of a holder, in the order in which they were recorded. */
  List<DeclarationView> list(Caller caller, String route, String holder) {
    return books.of(
        caller,
        route,
        holder,
        (tx, permits) -> {
          long key = permits.getFirst().holder();
          List<Statement> all = open(tx, permits);
          Set<UUID> gone = new HashSet<>();
          all.forEach(one -> {
            if (one.reverses() != null) {
              gone.add(one.reverses());
            }
          });
          List<DeclarationView> views =
              all.stream()
                  .map(one -> DeclarationViews.view(key, one, gone.contains(one.id())))
                  .toList();
          return new Reads.Served<>(views, views.size());
        });
  }

  /** Takes a statement back. */
  DeclarationView reverse(Caller caller, String route, String id) {
    PublicIds.Timed key = PublicIds.orNotFound(PublicIds.declaration(id));
    return books.of(
        caller,
        route,
        PublicIds.holder(key.holder()),
        (tx, permits) -> {
          List<Statement> all = open(tx, permits);
          Statement one =
              PublicIds.orNotFound(
                  all.stream()
                      .filter(other -> other.id().equals(key.id()))
                      .findFirst()
                      .orElse(null));
          boolean gone = all.stream().anyMatch(other -> one.id().equals(other.reverses()));
          if (gone || one.reverses() != null) {
            throw new Problem(
                Problem.Kind.CONFLICT, "It is taken back already, or is itself a reversal.");
          }
          Instant now = pace.instant();
          Statement back =
              new Statement(
                  log.newId(),
                  one.entry(),
                  one.id(),
                  "reversal",
                  now,
                  now,
                  caller.client(),
                  leaf(tx, caller, key.holder(), "reversal", id),
                  null);
          statements.insert(tx, key.holder(), back);
          return new Reads.Served<>(DeclarationViews.view(key.holder(), back, false), 1);
        });
  }

  private DeclarationView declare(
      TenantTx tx, Caller caller, List<ReadPermit> permits, long holder, DeclarationRequest request)
      throws SQLException {
    Instant now = pace.instant();
    UUID id = log.newId();
    UUID entry = entry(tx, permits, request.entry());
    Declaration said = said(PublicIds.declaration(holder, id), request, now);
    check(said);
    if (said.kind() == Kind.OPENING && !mine(said.connection(), permits)) {
      throw Problem.invalid("connection", "An opening balance needs connection, asset and at.");
    }
    Statement one =
        new Statement(
            id,
            entry,
            null,
            said.kind().code(),
            said.madeAt(),
            now,
            caller.client(),
            leaf(tx, caller, holder, said.kind().code(), said.id()),
            said);
    statements.insert(tx, holder, one);
    return DeclarationViews.view(holder, one, false);
  }

  private UUID leaf(TenantTx tx, Caller caller, long holder, String kind, String id)
      throws SQLException {
    return log.append(
        tx,
        new Leaf(
            Leaf.Kind.ADMIN,
            holder,
            null,
            null,
            caller.client(),
            Map.of("act", "declaration", "kind", kind, "declaration", id)));
  }

  private static @Nullable UUID entry(TenantTx tx, List<ReadPermit> permits, @Nullable String text)
      throws SQLException {
    if (text == null) {
      return null;
    }
    long holder = permits.getFirst().holder();
    PublicIds.Timed key = PublicIds.orNotFound(PublicIds.entry(text));
    boolean there =
        key.holder() == holder
            && !BookRows.open(tx, holder, Kinds.spans(permits), List.of(key.id())).isEmpty();
    return PublicIds.orNotFound(there ? key.id() : null);
  }

  // A statement is as open as the entry that it is about, an opening balance as its connection.
  private List<Statement> open(TenantTx tx, List<ReadPermit> permits) throws SQLException {
    long holder = permits.getFirst().holder();
    List<Statement> all = statements.all(tx, holder);
    List<UUID> about = all.stream().map(Statement::entry).filter(Objects::nonNull).toList();
    Set<UUID> open = BookRows.open(tx, holder, Kinds.spans(permits), about);
    Map<UUID, Statement> byId = new HashMap<>();
    all.forEach(one -> byId.put(one.id(), one));
    return all.stream()
        .filter(one -> {
          Statement said = one.reverses() == null ? one : byId.get(one.reverses());
          return one.entry() != null
              ? open.contains(one.entry())
              : said != null && said.said() != null && mine(said.said().connection(), permits);
        })
        .toList();
  }

  private static boolean mine(@Nullable String wallet, List<ReadPermit> permits) {
    return permits.stream()
        .flatMap(permit ->
            permit.connections().stream()
                .map(one -> PublicIds.connection(permit.holder(), one.connection())))
        .anyMatch(connection -> connection.equals(wallet));
  }

  private static Declaration said(String id, DeclarationRequest request, Instant now) {
    Instant made = request.madeAt() == null ? now : request.madeAt();
    if (made.isAfter(now)) {
      throw Problem.invalid("made_at", "Nobody has decided anything in the future.");
    }
    String note = request.note() == null ? "" : request.note();
    List<LotRequest> lots = request.lots() == null ? List.of() : request.lots();
    return new Declaration(
        id,
        word(Kind.class, "kind", request.kind()),
        request.entry(),
        request.purpose() == null ? null : word(Purpose.class, "purpose", request.purpose()),
        request.incomeKind() == null
            ? null
            : word(IncomeKind.class, "income_kind", request.incomeKind()),
        request.value(),
        request.connection(),
        request.asset(),
        request.at(),
        lots.stream()
            .map(lot ->
                new Declaration.Lot(
                    lot.quantity(), lot.acquiredAt(), lot.cost(), lot.lot(), lot.source()))
            .toList(),
        request.declaredBy(),
        note,
        made,
        request.currency());
  }

  private static <E extends Enum<E>> E word(Class<E> type, String field, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw Problem.invalid(field, "This word is not known here.");
  }

  /** A problem where a declaration lacks what its kind needs. */
  static void check(Declaration said) {
    boolean opening = said.kind() == Kind.OPENING;
    if (opening == (said.entry() != null)) {
      throw Problem.invalid("entry", "Name an entry, except for an opening balance.");
    }
    if ((said.kind() == Kind.PURPOSE) != (said.purpose() != null)) {
      throw Problem.invalid("purpose", "A purpose comes with the kind purpose, and only there.");
    }
    if ((said.kind() == Kind.PURPOSE) != said.lots().isEmpty()) {
      throw Problem.invalid("lots", "Lots come with every kind but purpose.");
    }
    for (Declaration.Lot lot : said.lots()) {
      BigDecimal cost = lot.cost();
      boolean picked = said.kind() == Kind.SELECTION;
      if (lot.quantity().signum() <= 0 || (cost != null && cost.signum() < 0)) {
        throw Problem.invalid("lots", "Quantities are positive and costs not negative.");
      }
      if (picked != (lot.lot() != null)) {
        throw Problem.invalid("lots", "A selection names a lot each time; nothing else does.");
      }
    }
    if (said.currency() != null && !Prices.CURRENCIES.contains(said.currency())) {
      throw Problem.invalid("currency", "This currency has no reference rates.");
    }
    if (opening && (said.connection() == null || said.asset() == null || said.at() == null)) {
      throw Problem.invalid("connection", "An opening balance needs connection, asset and at.");
    }
  }
}
