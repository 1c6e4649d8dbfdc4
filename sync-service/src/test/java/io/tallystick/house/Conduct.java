package io.tallystick.house;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.tallystick.kernel.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What classes may do: time, chance, numbers, secrets, names, and what a venue is never asked. */
final class Conduct {
  private static final Set<String> CLOCK_READERS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Year.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.time.InstantSource.system",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Thread.sleep",
          "java.util.concurrent.TimeUnit.sleep",
          "java.util.Date.<init>");

  private static final Set<String> DICE =
      Set.of(
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.Random.<init>",
          "java.util.SplittableRandom.<init>",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.random.RandomGenerator.getDefault",
          "java.security.SecureRandom.<init>",
          "java.security.SecureRandom.getInstanceStrong");

  private static final Set<String> INEXACT =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(secret|password|passphrase|privateKey|token|apiKey)");

  private static final Pattern EMPTY_NAME =
      Pattern.compile("(Abstract|Base)[A-Z].*|.*(Utils?|Helpers?|Managers?|Impl|Base)");

  // Whatever moves, trades, lends or converts; from the venue's own list of endpoints. None of
  // these may so much as be spelled in the service.
  private static final List<String> ACTS =
      List.of(
          "/api/v3/order",
          "/api/v3/order/[a-z]+",
          "/api/v3/orderList/[a-zA-Z/]+",
          "/api/v3/sor/order",
          "/api/v3/cancelReplace",
          "/sapi/v1/capital/withdraw/apply",
          "/sapi/v1/localentity/withdraw/apply",
          "/sapi/v1/asset/(transfer|dust)",
          "/sapi/v1/asset/convert-transfer",
          "/sapi/v[12]/(margin|sub-account)/[a-zA-Z-]*(order|loan|repay|transfer|Transfer)",
          "/sapi/v1/margin/borrow-repay",
          "/sapi/v1/convert/(getQuote|acceptQuote|limit/[a-zA-Z]+)",
          "/sapi/v1/simple-earn/[a-z]+/(subscribe|redeem)",
          "/sapi/v1/giftcard/[a-zA-Z]+",
          "/[fd]api/v1/(order|batchOrders|leverage|marginType)",
          "/papi/v1/[a-z]+/order");

  private static final Pattern ACT =
      Pattern.compile("(?<![A-Za-z0-9])(" + String.join("|", ACTS) + ")(?![A-Za-z0-9/-])");

  private Conduct() {}

  static List<Rule> rules() {
    return List.of(
        Rule.ofTypes(
            "nobody reads a clock or sleeps",
            "take a Pace through the constructor",
            Map.of("kernel.Pace", "is the one way to the machine's clock"),
            (house, type) -> calls(type, CLOCK_READERS::contains)),
        Rule.ofTypes(
            "nobody throws dice",
            "take a RandomGenerator through the constructor",
            Map.of(
                "boot.Beans", "hands out the one source of chance",
                "boot.Passwords", "makes the database's passwords before there are beans",
                "egress.EgressBeans", "builds the way out, which tests build with their own dice"),
            (house, type) -> calls(type, DICE::contains)),
        Rule.ofTypes(
            "no number is inexact",
            "use BigDecimal, or a whole number with its unit in the name",
            Map.of(),
            Conduct::inexact),
        Rule.ofTypes(
            "decimals are read from text by one grammar",
            "use kernel.Decimals, which refuses texts that take a minute to compute with",
            Map.of(
                "kernel.Decimals",
                "is the grammar",
                "venue.binance.wire.Row",
                "admits exponents, bounded before and after",
                "venue.binance.exports.Times",
                "reads a spreadsheet's day number, of a few digits",
                "venue.binance.exports.file.XlsxTable",
                "reads a spreadsheet's own number, of a form that bounds it"),
            Conduct::decimalFromText),
        Rule.ofTypes(
            "secrets are opened in vault and egress alone",
            "hand the Secret on, closed",
            Map.of(
                "boot.Database", "hands the database's password to its driver",
                "boot.DatabaseRoles", "sets the password of the role it makes",
                "connection.Probe", "asks the venue whether a pasted key has the right form"),
            Conduct::opensSecret),
        Rule.ofTypes(
            "no field shows a secret as text",
            "hold a kernel.Secret, whose text is a placeholder",
            Map.of(
                "connection.ConnectionRequests", "the edge where a pasted key becomes a Secret",
                "tenancy.TokenViews", "the one answer that shows a new token; prints nothing of it",
                "tenancy.BearerMechanism",
                    "the edge where a bearer's token is looked up and let go",
                "boot.StartSettings", "what the operator gave, for the start alone; shows nothing",
                "venue.binance.exports.ExportRecord", "a token there is an asset that was staked"),
            Conduct::secretAsText),
        Rule.ofTypes(
            "no field is an Optional",
            "mark the field @Nullable, or give absence a type",
            Map.of(),
            (house, type) ->
                type.getFields().stream()
                    .filter(field -> field.getRawType().getName().startsWith("java.util.Optional"))
                    .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                    .map(field -> "field " + field.getName())),
        Rule.ofTypes(
            "every class has a name of its own",
            "say what it is; Util, Helper, Manager, Impl, Base and Abstract say nothing",
            Map.of(),
            (house, type) ->
                Stream.of(type.getSimpleName()).filter(name -> EMPTY_NAME.matcher(name).matches())),
        Rule.ofTypes(
            "no act of a venue is spelled anywhere",
            "this service reads; it must not be able to say these words",
            Map.of(
                "venue.binance.streams.WalletTransfers",
                "a GET of this path lists transfers; the POST is on no allow-list"),
            (house, type) -> House.texts(type).filter(text -> ACT.matcher(text).find())));
  }

  /** Calls, and references to methods, of these full names without parameters. */
  static Stream<String> calls(JavaClass type, Predicate<String> called) {
    return type.getAccessesFromSelf().stream()
        .map(JavaAccess::getTarget)
        .map(Conduct::nameOf)
        .filter(called);
  }

  private static String nameOf(AccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }

  private static Stream<String> inexact(House house, JavaClass type) {
    Stream<String> fields =
        type.getFields().stream()
            .filter(field -> inexact(field.getRawType()))
            .map(field -> "field " + field.getName());
    Stream<String> units =
        type.getCodeUnits().stream()
            // An anonymous class repeats the constructor of a class that is not ours.
            .filter(unit -> !type.isAnonymousClass() || !unit.isConstructor())
            .filter(Conduct::inexact)
            .map(unit -> "in the signature of " + unit.getName());
    return Stream.concat(fields, units);
  }

  private static boolean inexact(JavaCodeUnit unit) {
    return inexact(unit.getRawReturnType())
        || unit.getRawParameterTypes().stream().anyMatch(Conduct::inexact);
  }

  private static boolean inexact(JavaClass type) {
    return INEXACT.contains(type.getBaseComponentType().getName());
  }

  private static Stream<String> decimalFromText(House house, JavaClass type) {
    return type.getAccessesFromSelf().stream()
        .map(JavaAccess::getTarget)
        .filter(target -> target.getOwner().isEquivalentTo(BigDecimal.class))
        .filter(CodeUnitAccessTarget.class::isInstance)
        .map(CodeUnitAccessTarget.class::cast)
        .filter(Conduct::makesOfTextOrDouble)
        .map(AccessTarget::getFullName);
  }

  private static boolean makesOfTextOrDouble(CodeUnitAccessTarget made) {
    boolean makes = made.getName().equals("<init>") || made.getName().equals("valueOf");
    return makes
        && !made.getRawParameterTypes().isEmpty()
        && Set.of("java.lang.String", "[C", "char[]", "double")
            .contains(made.getRawParameterTypes().getFirst().getName());
  }

  private static Stream<String> opensSecret(House house, JavaClass type) {
    String module = house.owns(type) ? house.module(type) : "";
    return module.equals("vault") || module.equals("egress")
        ? Stream.empty()
        : calls(type, (Secret.class.getName() + ".use")::equals);
  }

  private static Stream<String> secretAsText(House house, JavaClass type) {
    return type.getFields().stream()
        .filter(field -> SECRET_NAME.matcher(field.getName()).matches())
        .filter(field ->
            Set.of("java.lang.String", "[C", "java.util.Optional")
                .contains(field.getRawType().getName()))
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .map(field -> "field " + field.getName());
  }
}
