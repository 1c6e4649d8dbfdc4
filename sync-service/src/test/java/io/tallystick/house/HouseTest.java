package io.tallystick.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tallystick.house.Rule.Fault;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The service keeps the rules of the house, and every rule is seen to bite. */
class HouseTest {
  private static final House SERVICE = House.service();
  private static final House PLANTED = House.planted();

  private static boolean begun;
  private static int executed;

  /** Every rule there is. A new group of rules is added here. */
  static List<Rule> rules() {
    return Stream.of(Structure.rules(), Doors.rules(), Conduct.rules())
        .flatMap(List::stream)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> holds() {
    begun = true;
    return rules().stream()
        .map(rule ->
            dynamicTest(
                rule.name(),
                () -> {
                  executed++;
                  assertEquals(List.of(), rule.faults(SERVICE), () -> "instead: " + rule.instead());
                }));
  }

  /** A build tool that passes over rules would leave them green. */
  @AfterAll
  static void asManyRulesRanAsAreWritten() {
    if (begun) {
      assertEquals(plantedFaults().size(), executed);
    }
  }

  @TestFactory
  Stream<DynamicTest> excusesOnlyWhoNeedsIt() {
    return rules().stream()
        .map(rule ->
            dynamicTest(rule.name(), () -> assertEquals(List.of(), rule.idleExcuses(SERVICE))));
  }

  @TestFactory
  Stream<DynamicTest> bitesOnThePlantedFaultAndOnNothingBesideIt() {
    SortedMap<String, Set<String>> planted = plantedFaults();
    return rules().stream()
        .map(rule ->
            dynamicTest(
                rule.name(),
                () ->
                    assertEquals(
                        planted.get(rule.name()),
                        rule.faults(PLANTED).stream()
                            .map(Fault::file)
                            .collect(Collectors.toSet()))));
  }

  @Test
  void everyRuleHasAPlantedFaultAndANameOfItsOwn() {
    Set<String> names = rules().stream().map(Rule::name).collect(Collectors.toSet());
    assertEquals(rules().size(), names.size());
    assertEquals(names, plantedFaults().keySet());
    assertTrue(plantedFaults().values().stream().noneMatch(Set::isEmpty));
  }

  @Test
  void noPlantedFaultIsForgotten() {
    Set<String> known =
        plantedFaults().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    Set<String> idle =
        PLANTED.types().map(PLANTED::file).collect(Collectors.toCollection(HashSet::new));
    idle.removeAll(known);
    // What the others lean on.
    idle.removeAll(
        Set.of(
            "other.Neighbour",
            "venue.right.RightVenue",
            "venue.right.streams.RightStream",
            "circle.there.GoesRound",
            "circle.back.ComesBack"));
    assertEquals(Set.of(), idle);
  }

  @Test
  void theServiceWasReallyRead() {
    assertTrue(SERVICE.types().count() > 300, () -> "only " + SERVICE.types().count());
    assertFalse(
        SERVICE.all().anyMatch(type -> type.getPackageName().startsWith(PLANTED.root())),
        "tests are not the service");
  }

  @Test
  void theDrawingIsTheRealGraph() {
    Map<String, SortedSet<String>> drawn =
        Drawing.read(Sources.project().resolve("sync-service/ARCHITECTURE.md"));
    assertEquals(SERVICE.used(), new TreeMap<>(drawn));
    assertEquals(List.of(), Drawing.upward(drawn));
  }

  @Test
  void aDrawnArrowUpwardIsNoticed() {
    Map<String, SortedSet<String>> drawn = new LinkedHashMap<>();
    drawn.put("roof", new TreeSet<>(Set.of("floor")));
    drawn.put("floor", new TreeSet<>(Set.of("roof")));
    assertEquals(List.of("floor → roof"), Drawing.upward(drawn));
  }

  // Rule by rule, the files of the planted tree that break it.
  private static SortedMap<String, Set<String>> plantedFaults() {
    SortedMap<String, Set<String>> planted = new TreeMap<>();
    planted.put("every package says what it uses", Set.of("unsaid.SaysNothing"));
    planted.put("modules use only what they say", Set.of("secretive.UsesMore"));
    planted.put("modules say only what they use", Set.of("boastful.package-info"));
    planted.put("no module uses itself by a detour", Set.of("cycle"));
    planted.put(
        "a venue adapter knows kernel, ledger, venue and itself", Set.of("venue.left.Strays"));
    planted.put(
        "a venue adapter has no thread, clock, database, network or secret",
        Set.of("venue.left.Waits"));
    planted.put("nobody knows a venue adapter", Set.of("room.KnowsAVenue"));
    planted.put("nobody knows a stream", Set.of("venue.right.KnowsAStream"));
    planted.put("rules of the domain need the JDK alone", Set.of("pure.LogsAlong"));
    planted.put("the service knows neither sandbox nor demo", Set.of("room.KnowsTheSandbox"));
    planted.put("SQL is written in Stores and Rows", Set.of("room.AsksInPassing"));
    planted.put("a connection is opened by Transactions alone", Set.of("room.OpensAStore"));
    planted.put("the network is reached through egress alone", Set.of("room.CallsOut"));
    planted.put("keys and ciphers are in the vault alone", Set.of("room.SignsItself"));
    planted.put("routes are in Resources", Set.of("room.AnswersBeside"));
    planted.put("every route names its roles", Set.of("room.OpenResource"));
    planted.put("nobody reads a clock or sleeps", Set.of("room.LooksAtTheClock"));
    planted.put("nobody throws dice", Set.of("room.ThrowsDice"));
    planted.put("no number is inexact", Set.of("room.RoundsOff"));
    planted.put("decimals are read from text by one grammar", Set.of("room.ReadsLoosely"));
    planted.put("secrets are opened in vault and egress alone", Set.of("room.PeeksInside"));
    planted.put("no field shows a secret as text", Set.of("room.TellsAll"));
    planted.put("no field is an Optional", Set.of("room.MaybeHolds"));
    planted.put("every class has a name of its own", Set.of("room.RoomHelper"));
    planted.put("no act of a venue is spelled anywhere", Set.of("room.Sells"));
    return planted;
  }
}
