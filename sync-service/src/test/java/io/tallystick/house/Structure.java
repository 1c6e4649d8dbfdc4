package io.tallystick.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.EvaluationResult;
import io.tallystick.house.Rule.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who may know whom. */
final class Structure {
  private static final Set<String> ADAPTERS_MAY_USE = Set.of("kernel", "ledger", "venue");

  private static final List<String> PLAIN_JDK =
      List.of(
          "java.io.",
          "java.lang.",
          "java.math.",
          "java.net.URI",
          "java.nio.ByteBuffer",
          "java.nio.charset.",
          "java.time.",
          "java.util.",
          "org.jspecify.annotations.");

  private static final List<String> NOT_FOR_ADAPTERS =
      List.of(
          "io.quarkus.",
          "io.tallystick.kernel.Pace",
          "io.tallystick.kernel.Secret",
          "jakarta.",
          "java.lang.Thread",
          "java.net.http.",
          "java.security.",
          "java.sql.",
          "java.time.Clock",
          "java.time.InstantSource",
          "java.util.concurrent.",
          "javax.crypto.",
          "javax.sql.");

  private Structure() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "every package says what it uses",
            "annotate its package-info with @Module",
            Map.of(),
            Structure::unsaid),
        Rule.ofTypes(
            "modules use only what they say",
            "turn the arrow round, or add the module to `uses` if it points down",
            Map.of(),
            Structure::undeclared),
        new Rule(
            "modules say only what they use",
            "delete the arrow from `uses`",
            Map.of(),
            Structure::unneeded),
        new Rule(
            "no module uses itself by a detour",
            "move what both need to the lower one, or let the lower one call back",
            Map.of(),
            Structure::cycles),
        Rule.ofTypes(
            "a venue adapter knows kernel, ledger, venue and itself",
            "move what two venues share to `venue`, or write it twice",
            Map.of(),
            Structure::strayingAdapter),
        Rule.ofTypes(
            "a venue adapter has no thread, clock, database, network or secret",
            "declare it as data and let the engine do it",
            Map.of(),
            Structure::busyAdapter),
        Rule.ofTypes(
            "nobody knows a venue adapter",
            "ask through the types of `venue`; adapters are found by their line of registration",
            Map.of(),
            Structure::knownAdapter),
        Rule.ofTypes(
            "nobody knows a stream",
            "move what two streams share beside them, not public; streams are found by themselves",
            Map.of(),
            Structure::knownStream),
        Rule.ofTypes(
            "rules of the domain need the JDK alone",
            "let an engine do it, or the Store beside the rules",
            Map.of(
                "ledger.Books",
                "the door of the package: a bean that joins its rules with its stores",
                "ledger.LedgerHash",
                "takes the rows of one statement as they stream by",
                "ledger.Matching",
                "passes on what its look-up throws",
                "ledger.MovedFacts",
                "passes on what the look-up of its matching throws",
                "ledger.Once",
                "passes on what the look-up of its matching throws",
                "ledger.Settlement",
                "joins the rules of merging with the stores, inside the caller's transaction"),
            Structure::impureRule),
        Rule.ofTypes(
            "the service knows neither sandbox nor demo",
            "they stand beside the service and speak to it from outside",
            Map.of(),
            (house, type) ->
                targets(type, List.of("io.tallystick.sandbox.", "io.tallystick.demo."))));
  }

  private static Stream<Fault> unsaid(House house) {
    Set<String> said = house.declared().keySet();
    return house
        .types()
        .filter(type -> house.owns(type) && !said.contains(house.module(type)))
        .map(type -> new Fault(house.file(type), "its package has no @Module"));
  }

  private static Stream<String> undeclared(House house, JavaClass type) {
    SortedSet<String> uses = house.uses(type);
    uses.removeAll(house.declared().getOrDefault(house.module(type), new TreeSet<>()));
    return uses.stream().map(target -> "uses " + target + " and does not say so");
  }

  private static Stream<Fault> unneeded(House house) {
    return house.declared().entrySet().stream()
        .flatMap(entry -> {
          SortedSet<String> idle = new TreeSet<>(entry.getValue());
          idle.removeAll(house.used().getOrDefault(entry.getKey(), new TreeSet<>()));
          return idle.stream()
              .map(target ->
                  new Fault(entry.getKey() + ".package-info", "says " + target + " for nothing"));
        });
  }

  private static Stream<Fault> cycles(House house) {
    EvaluationResult result =
        slices()
            .matching(house.root() + ".(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .evaluate(house.classes());
    return result.getFailureReport().getDetails().stream()
        .map(detail -> detail.lines().limit(3).toList().toString())
        .map(cycle -> new Fault("cycle", cycle));
  }

  private static Stream<String> strayingAdapter(House house, JavaClass type) {
    String adapter = adapter(house, type);
    if (adapter.isEmpty()) {
      return Stream.empty();
    }
    return house.uses(type).stream()
        .filter(used -> !ADAPTERS_MAY_USE.contains(used))
        .filter(used -> !(used + ".").startsWith(adapter + "."));
  }

  private static Stream<String> busyAdapter(House house, JavaClass type) {
    return adapter(house, type).isEmpty() ? Stream.empty() : targets(type, NOT_FOR_ADAPTERS);
  }

  private static Stream<String> knownAdapter(House house, JavaClass type) {
    String own = adapter(house, type);
    return House.targetsOf(type)
        .filter(house::owns)
        .filter(target -> {
          String other = adapter(house, target);
          return own.isEmpty() && !other.isEmpty();
        })
        .map(JavaClass::getName);
  }

  // Then any one of them can be deleted, and the rest compiles.
  private static Stream<String> knownStream(House house, JavaClass type) {
    return House.targetsOf(type)
        .filter(target -> house.owns(target) && isStream(house, target))
        .filter(target -> !house.file(target).equals(house.file(type)))
        .map(JavaClass::getName);
  }

  private static boolean isStream(House house, JavaClass type) {
    return (house.module(type) + ".").matches("venue\\.[a-z]+\\.streams\\..*")
        && type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static Stream<String> impureRule(House house, JavaClass type) {
    String module = house.module(type);
    if (!house.jdkOnly().contains(module) || house.file(type).endsWith("Store")) {
      return Stream.empty();
    }
    SortedSet<String> rules = new TreeSet<>(house.jdkOnly());
    rules.add("kernel");
    return House.targetsOf(type)
        .filter(target -> !target.isPrimitive())
        .filter(target ->
            house.owns(target)
                ? !rules.contains(house.module(target))
                : PLAIN_JDK.stream().noneMatch(target.getName()::startsWith)
                    && !target.getName().startsWith("io.tallystick.kernel."))
        .map(JavaClass::getName);
  }

  /** The adapter a class belongs to, such as {@code venue.binance}; empty for all other classes. */
  private static String adapter(House house, JavaClass type) {
    String[] steps = house.owns(type) ? house.module(type).split("\\.") : new String[0];
    return steps.length > 1 && steps[0].equals("venue")
        ? String.join(".", Arrays.copyOf(steps, 2))
        : "";
  }

  private static Stream<String> targets(JavaClass type, List<String> prefixes) {
    return House.targetsOf(type)
        .map(JavaClass::getName)
        .filter(name -> prefixes.stream().anyMatch(name::startsWith));
  }
}
