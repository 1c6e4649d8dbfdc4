package io.tallystick.house;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Tidiness of Java files, as far as their syntax shows it. */
final class CodeChecks {
  private static final int LONGEST_FILE = 300;
  private static final int LONGEST_METHOD = 60;
  private static final int LONGEST_LINE = 110;

  // Switches over things that nobody can list. A sealed type or an enum never belongs here.
  private static final Map<String, String> OPEN_SWITCHES =
      Map.of(
          "kernel/Frame.java", "over any object that is to be framed",
          "tenancy/Sql.java", "over any object that is to be bound",
          "web/Csv.java", "over any object that stands in a cell",
          "report/SheetFiles.java", "over any object that stands in a cell",
          "web/ProblemMapper.java", "over the exceptions of a library, which are not sealed",
          "wire/Row.java", "over kinds of characters, which the JDK numbers",
          "connection/RightsText.java", "over texts read from the database");

  private static final Pattern SENTENCE_END = Pattern.compile("\\.\\s+\\p{Upper}");

  private CodeChecks() {}

  /** Checks of the service, the sandbox, the demo. */
  static List<Check<Source>> ofMain() {
    return Stream.concat(
            ofAll().stream(),
            Stream.of(
                new Check<>("methods fit on a screen", CodeChecks::longMethods),
                new Check<>("a package says in one sentence what it is", CodeChecks::packageInfo),
                new Check<>(
                    "a switch over a closed set lists it", OPEN_SWITCHES, CodeChecks::defaults),
                new Check<>("public types say what they are", CodeChecks::undocumented)))
        .toList();
  }

  /** Checks of all Java files, tests too. */
  static List<Check<Source>> ofAll() {
    return List.of(
        new Check<>("files can be read in one go", CodeChecks::longFile),
        new Check<>("lines fit beside one another", CodeChecks::longLines),
        new Check<>("nothing is caught and forgotten", CodeChecks::emptyCatches),
        new Check<>("tests are run, and named by sentences", CodeChecks::sleepingTests));
  }

  private static Stream<String> longFile(Source source) {
    long lines = source.text().lines().count();
    return lines > LONGEST_FILE ? Stream.of(lines + " lines") : Stream.empty();
  }

  private static Stream<String> longLines(Source source) {
    List<String> faults = new ArrayList<>();
    int at = 0;
    for (String line : source.text().lines().toList()) {
      at++;
      if (line.length() > LONGEST_LINE) {
        faults.add("line " + at + " has " + line.length() + " characters");
      }
    }
    return faults.stream();
  }

  private static Stream<String> longMethods(Source source) {
    return scan(
        source,
        new Faults() {
          @Override
          public Void visitMethod(MethodTree method, Void nothing) {
            long lines = source.lastLine(method) - source.firstLine(method) + 1;
            if (lines > LONGEST_METHOD) {
              say(method.getName() + " has " + lines + " lines");
            }
            return super.visitMethod(method, nothing);
          }
        });
  }

  private static Stream<String> packageInfo(Source source) {
    if (!source.name().equals("package-info.java")) {
      return Stream.empty();
    }
    List<String> faults = new ArrayList<>();
    int begin = source.text().indexOf("/**");
    int end = source.text().indexOf("*/");
    String doc = begin < 0 || end < begin ? "" : source.text().substring(begin + 3, end);
    String first = doc.replaceAll("(?m)^\\s*\\* ?", "").split("<p>")[0].strip();
    if (!first.endsWith(".") || SENTENCE_END.matcher(first).find()) {
      faults.add("it takes one sentence: " + first);
    }
    if (!source.text().contains("@NullMarked")) {
      faults.add("it is not @NullMarked");
    }
    return faults.stream();
  }

  private static Stream<String> defaults(Source source) {
    return scan(
        source,
        new Faults() {
          @Override
          public Void visitSwitch(SwitchTree choice, Void nothing) {
            look(choice.getCases(), source.firstLine(choice));
            return super.visitSwitch(choice, nothing);
          }

          @Override
          public Void visitSwitchExpression(SwitchExpressionTree choice, Void nothing) {
            look(choice.getCases(), source.firstLine(choice));
            return super.visitSwitchExpression(choice, nothing);
          }

          private void look(List<? extends CaseTree> cases, long line) {
            if (cases.stream().anyMatch(CodeChecks::isDefault)
                && cases.stream().anyMatch(CodeChecks::namesAType)) {
              say("line " + line + " has a default beside types or names");
            }
          }
        });
  }

  private static boolean isDefault(CaseTree branch) {
    return branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
  }

  // Numbers and texts have no end, so a switch over them needs its default; types and constants
  // by name may be a sealed type's or an enum's.
  private static boolean namesAType(CaseTree branch) {
    return branch.getLabels().stream()
        .anyMatch(label ->
            label instanceof PatternCaseLabelTree
                || label instanceof ConstantCaseLabelTree constant
                    && !isLiteral(constant.getConstantExpression()));
  }

  private static boolean isLiteral(ExpressionTree expression) {
    return expression instanceof LiteralTree
        || expression instanceof UnaryTree sign && sign.getExpression() instanceof LiteralTree;
  }

  private static Stream<String> undocumented(Source source) {
    return scan(
        source,
        new Faults() {
          @Override
          public Void visitClass(ClassTree type, Void nothing) {
            if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                && source.doc(getCurrentPath()) == null) {
              say(type.getSimpleName() + " says nothing of itself");
            }
            return super.visitClass(type, nothing);
          }
        });
  }

  private static Stream<String> emptyCatches(Source source) {
    return scan(
        source,
        new Faults() {
          @Override
          public Void visitCatch(CatchTree caught, Void nothing) {
            if (caught.getBlock().getStatements().isEmpty()) {
              say("line " + source.firstLine(caught));
            }
            return super.visitCatch(caught, nothing);
          }
        });
  }

  private static Stream<String> sleepingTests(Source source) {
    return scan(
        source,
        new Faults() {
          @Override
          public Void visitMethod(MethodTree method, Void nothing) {
            String marks = method.getModifiers().getAnnotations().toString();
            if (marks.contains("@Disabled") || marks.contains("@Ignore")) {
              say(method.getName() + " is not run");
            }
            if (marks.contains("@Test") && method.getName().toString().startsWith("test")) {
              say(method.getName() + " is no sentence");
            }
            return super.visitMethod(method, nothing);
          }

          @Override
          public Void visitClass(ClassTree type, Void nothing) {
            if (type.getModifiers().getAnnotations().toString().contains("@Disabled")) {
              say(type.getSimpleName() + " is not run");
            }
            return super.visitClass(type, nothing);
          }
        });
  }

  private static Stream<String> scan(Source source, Faults faults) {
    faults.scan(source.tree(), null);
    return faults.said.stream();
  }

  private static class Faults extends TreePathScanner<Void, Void> {
    private final List<String> said = new ArrayList<>();

    void say(String fault) {
      said.add(fault);
    }
  }
}
