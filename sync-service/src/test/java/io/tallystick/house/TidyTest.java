package io.tallystick.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tallystick.house.TextChecks.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The project's files are tidy. What each check finds is seen in {@link PlantedTextTest}. */
class TidyTest {
  private static final int LARGEST_PACKAGE = 25;

  // A package is split by what it is about, not by its size; these are one thing each.
  private static final Map<String, String> LARGE_PACKAGES =
      Map.of(
          "/consent",
          "one record with its steps and receipts, and the only judge of what it allows",
          "/connection",
          "one act with its refusals: a key is proved, sealed, changed and given back together",
          "/tenancy",
          "one door: whoever comes, by whichever token, is known and bounded in one place",
          "/report",
          "one record: how it is made, kept, shown and proved is told by who may read it",
          "/egress",
          "one way out: who pays for a call, where it may go and what is learned of it",
          "/sync",
          "one run from its lease to its last word; how it searches is apart",
          "/exports",
          "one reader a kind of file, and what all of them share; more kinds make it no other thing",
          "/ledger",
          "its rules, the one door to them and their stores: arrows between them would be a circle",
          "/sandbox/account",
          "one maker a kind of event of one generated account; more kinds make it no other thing");

  private static final Pattern MAIN = Pattern.compile(".*src/main/java/.*\\.java");
  private static final Pattern TEST = Pattern.compile(".*src/test/java/.*\\.java");
  // The rules and their planted faults spell what they forbid.
  private static final Pattern RULES = Pattern.compile(".*/io/tallystick/(house|planted)/.*");
  private static final Pattern TEXT =
      Pattern.compile(
          ".*\\.(java|properties|sql|ya?ml|json|csv|md|xml|txt|sh)|\\.ci/.*|.*Dockerfile");
  private static final Pattern DATA =
      Pattern.compile(".*src/(main|test)/resources/.*|.*\\.(sql|ya?ml|properties)|.*src/main/.*");

  private static final Map<String, String> FILES = Sources.where(TEXT.asMatchPredicate());

  private static List<File> files(Pattern wanted) {
    return FILES.entrySet().stream()
        .filter(file -> wanted.matcher(file.getKey()).matches())
        .filter(file -> !RULES.matcher(file.getKey()).matches())
        .map(file -> new File(file.getKey(), file.getValue()))
        .toList();
  }

  private static final List<Source> MAIN_SOURCES = sources(MAIN);

  private static List<Source> sources(Pattern wanted) {
    Map<String, String> chosen = new TreeMap<>();
    FILES.forEach((path, text) -> {
      if (wanted.matcher(path).matches()) {
        chosen.put(path, text);
      }
    });
    return Source.parse(chosen);
  }

  private static <F> Stream<DynamicTest> tests(
      List<Check<F>> checks, List<F> files, Function<F, String> path) {
    return checks.stream()
        .map(check ->
            dynamicTest(check.name(), () -> assertEquals(List.of(), faults(check, files, path))));
  }

  private static <F> List<String> faults(Check<F> check, List<F> files, Function<F, String> path) {
    List<String> faults = new ArrayList<>();
    List<String> idle = new ArrayList<>(check.excused().keySet());
    for (F file : files) {
      List<String> found = check.faults().apply(file).toList();
      if (check.excuses(path.apply(file))) {
        idle.removeIf(excuse -> !found.isEmpty() && path.apply(file).endsWith(excuse));
      } else {
        found.forEach(fault -> faults.add(path.apply(file) + ": " + fault));
      }
    }
    idle.forEach(excuse -> faults.add(excuse + " is excused for nothing"));
    return faults;
  }

  @TestFactory
  Stream<DynamicTest> mainCodeIsTidy() {
    return tests(CodeChecks.ofMain(), MAIN_SOURCES, Source::path);
  }

  @TestFactory
  Stream<DynamicTest> codeOfTestsIsTidy() {
    return tests(CodeChecks.ofAll(), sources(TEST), Source::path);
  }

  @TestFactory
  Stream<DynamicTest> javaTextIsTidy() {
    List<File> java = new ArrayList<>(files(MAIN));
    java.addAll(files(TEST));
    return tests(TextChecks.ofJava(), java, File::path);
  }

  @TestFactory
  Stream<DynamicTest> allTextIsTidy() {
    return tests(TextChecks.ofAll(), files(TEXT), File::path);
  }

  @TestFactory
  Stream<DynamicTest> dataGivesNothingAway() {
    return tests(TextChecks.ofData(), files(DATA), File::path);
  }

  @Test
  void linksOfThePagesLeadSomewhere() {
    Path project = Sources.project();
    Check<File> check = TextChecks.ofLinks(path -> Files.exists(project.resolve(path)));
    assertEquals(List.of(), faults(check, files(Pattern.compile(".*\\.md")), File::path));
  }

  @Test
  void everyPackageHasItsSentence() {
    List<String> silent =
        MAIN_SOURCES.stream()
            .map(Source::folder)
            .distinct()
            .filter(folder -> !FILES.containsKey(folder + "/package-info.java"))
            .toList();
    assertEquals(List.of(), silent);
  }

  @Test
  void packagesAreAboutOneThing() {
    Map<String, Integer> sizes = new TreeMap<>();
    MAIN_SOURCES.stream()
        .filter(source -> !source.name().equals("package-info.java"))
        .forEach(source -> sizes.merge(source.folder(), 1, Integer::sum));
    List<String> large = new ArrayList<>();
    List<String> idle = new ArrayList<>(LARGE_PACKAGES.keySet());
    sizes.forEach((folder, size) -> {
      if (size > LARGEST_PACKAGE && !idle.removeIf(folder::endsWith)) {
        large.add(folder + " has " + size + " types");
      }
    });
    idle.forEach(folder -> large.add(folder + " is excused for nothing"));
    assertEquals(List.of(), large);
  }

  @Test
  void theProjectWasReallyRead() {
    assertTrue(files(MAIN).size() > 300, () -> "main files: " + files(MAIN).size());
    assertTrue(files(TEST).size() > 60, () -> "test files: " + files(TEST).size());
    assertTrue(files(DATA).size() > 30, () -> "data files: " + files(DATA).size());
  }
}
