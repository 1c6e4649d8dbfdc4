package io.tallystick.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tallystick.house.TextChecks.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every check of tidiness finds the fault that is planted for it, and leaves its twin in peace. */
class PlantedTextTest {
  /**
   * A fault and its twin.
   *
   * @param check the check that has to find it
   * @param bad a file's text with the fault
   * @param good the same in order
   */
  private record Planted(String check, String path, String bad, String good) {}

  private static final List<Planted> CODE =
      List.of(
          new Planted(
              "files can be read in one go",
              "a/A.java",
              "class A {\n" + "\n".repeat(300) + "}\n",
              "class A {\n" + "\n".repeat(298) + "}\n"),
          new Planted(
              "lines fit beside one another",
              "a/A.java",
              "// " + "x".repeat(108) + "\nclass A {}\n",
              "// " + "x".repeat(107) + "\nclass A {}\n"),
          new Planted(
              "nothing is caught and forgotten",
              "a/A.java",
              "class A { void a() { try { a(); } catch (Exception e) { /* well */ } } }",
              "class A { void a() { try { a(); } catch (Exception e) { a(); } } }"),
          new Planted(
              "tests are run, and named by sentences",
              "a/A.java",
              "class A { @Test @Disabled void waits() {} @Test void testIt() {} }",
              "class A { @Test void waits() {} }"),
          new Planted(
              "methods fit on a screen",
              "a/A.java",
              "class A {\n/** Long\n words. */\nvoid a() {\n" + "a();\n".repeat(59) + "}\n}",
              "class A {\n/** Long\n words. */\nvoid a() {\n" + "a();\n".repeat(58) + "}\n}"),
          new Planted(
              "a package says in one sentence what it is",
              "a/package-info.java",
              "/** One thing. Another thing. */\n@NullMarked\npackage a;\n",
              "/**\n * One thing, e.g. this.\n *\n * <p>More. Of it. */\n@NullMarked\npackage a;\n"),
          new Planted(
              "a package says in one sentence what it is",
              "a/package-info.java",
              "/** One thing. */\npackage a;\n",
              "/** One thing. */\n@NullMarked\npackage a;\n"),
          new Planted(
              "a switch over a closed set lists it",
              "a/A.java",
              "class A { int a(E e) { return switch (e) { case ONE -> 1; default -> 2; }; } }",
              "class A { int a(String e) { return switch (e) { case \"1\" -> 1; default -> 2; }; } }"),
          new Planted(
              "a switch over a closed set lists it",
              "a/A.java",
              "class A { void a(E e) { switch (e) { case F f -> a(f); case null, default -> {} } } }",
              "class A { void a(E e) { switch (e) { case F f -> a(f); case G g -> a(g); } } }"),
          new Planted(
              "public types say what they are",
              "a/A.java",
              "/** A. */ public class A { public record B() {} }",
              "/** A. */ public class A { /** B. */ public record B() {} record C() {} }"));

  private static final List<Planted> TEXT =
      List.of(
          new Planted("nothing is left for later", "a.md", "TODO: say why", "Todos are a bird."),
          new Planted("no machine is named", "a.md", "lies in /tmp/x", "see docs/tmp/x"),
          new Planted("no machine is named", "a.java", "\"/home/joe\"", "\"/api/home/\""),
          new Planted("no workplace is named", "a.md", "in my worktree", "in my folder"),
          new Planted("no character hides", "a.md", "pay\u202Eme", "pay me…"),
          new Planted("no character hides", "a.md", "a\u200Bb", "a b"),
          new Planted("no character hides", "a.csv", "a\uFEFF,b", "\uFEFFa,b"),
          new Planted("there are no tabs", "A.java", "class A {\tint a; }", "class A { int a; }"),
          new Planted(
              "no code sleeps in a comment",
              "A.java",
              "class A {\n  // int a = 1;\n}",
              "class A {\n  // One, not two; see below.\n  String a = \"// b = 1;\";\n}"),
          new Planted(
              "no code sleeps in a comment",
              "A.java",
              "class A {\n  /*\n   * if (b) {\n   */\n}",
              "class A {\n  /** {@code if (b) {} } */\n}"),
          new Planted(
              "letters outside texts and comments are plain",
              "A.java",
              "class A { int \u0430; }",
              "class A { String a = \"\u0430\"; char b = '\u0430'; // \u0430\n}"),
          new Planted(
              "no key is kept",
              "a.json",
              "{\"key\": \"" + "aZ9gK".repeat(12) + "abcd\"}",
              "{\"txId\": \"" + "a0b1c2d3".repeat(8) + "\"}"),
          new Planted(
              "no key is kept",
              "a.json",
              "-----BEGIN " + "PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIP" + "x7Qz".repeat(8),
              "-----BEGIN " + "PUBLIC KEY-----\nMCowBQYDK2VwAyEA" + "x7Qz".repeat(7)),
          new Planted(
              "no key is kept",
              "a.properties",
              "key=" + "q7Zx".repeat(16),
              "key=DemoKeyNotReal" + "0".repeat(50)),
          new Planted("nobody's address is kept", "a.json", "joe@mail.test", "someone@example.org"),
          new Planted("links lead somewhere", "a/b.md", "[x](../c.md)", "[x](../d.md#part)"),
          new Planted(
              "links lead somewhere", "b.md", "# One\n[x](#two)", "# One: two\n[x](#one-two)"));

  private static List<Check<File>> textChecks() {
    List<Check<File>> checks = new ArrayList<>(TextChecks.ofAll());
    checks.addAll(TextChecks.ofJava());
    checks.addAll(TextChecks.ofData());
    checks.add(TextChecks.ofLinks(Set.of("d.md")::contains));
    return checks;
  }

  @TestFactory
  Stream<DynamicTest> codeChecksBite() {
    Map<String, Check<Source>> checks =
        CodeChecks.ofMain().stream().collect(Collectors.toMap(Check::name, check -> check));
    return CODE.stream()
        .map(planted ->
            dynamicTest(
                planted.check(),
                () -> {
                  Check<Source> check = checks.get(planted.check());
                  assertFalse(faults(check, Source.of(planted.path(), planted.bad())).isEmpty());
                  assertEquals(List.of(), faults(check, Source.of(planted.path(), planted.good())));
                }));
  }

  @TestFactory
  Stream<DynamicTest> textChecksBite() {
    Map<String, Check<File>> checks =
        textChecks().stream().collect(Collectors.toMap(Check::name, check -> check));
    return TEXT.stream()
        .map(planted ->
            dynamicTest(
                planted.check(),
                () -> {
                  Check<File> check = checks.get(planted.check());
                  assertFalse(faults(check, new File(planted.path(), planted.bad())).isEmpty());
                  assertEquals(List.of(), faults(check, new File(planted.path(), planted.good())));
                }));
  }

  @Test
  void everyCheckHasAPlantedFault() {
    Set<String> written =
        Stream.concat(
                CodeChecks.ofMain().stream().map(Check::name),
                textChecks().stream().map(Check::name))
            .collect(Collectors.toSet());
    Set<String> planted =
        Stream.concat(CODE.stream(), TEXT.stream()).map(Planted::check).collect(Collectors.toSet());
    assertEquals(written, planted);
  }

  private static <F> List<String> faults(Check<F> check, F file) {
    return check.faults().apply(file).toList();
  }
}
