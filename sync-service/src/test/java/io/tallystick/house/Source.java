package io.tallystick.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A source file as the compiler reads it, before it knows any type.
 *
 * @param path where it is, from the project down, with forward slashes
 */
record Source(String path, String text, CompilationUnitTree tree, DocTrees trees) {
  /** Reads files, by path. */
  static List<Source> parse(Map<String, String> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, JavaFileObject> inputs = new TreeMap<>();
    files.forEach((path, text) -> inputs.put(path, new Text(path, text)));
    JavacTask task =
        (JavacTask)
            compiler.getTask(null, null, null, List.of("-proc:none"), null, inputs.values());
    DocTrees trees = DocTrees.instance(task);
    List<Source> sources = new ArrayList<>();
    try {
      for (CompilationUnitTree tree : task.parse()) {
        String path = tree.getSourceFile().toUri().getPath().substring(1);
        sources.add(new Source(path, files.get(path), tree, trees));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  /** One snippet as a file. */
  static Source of(String path, String text) {
    return parse(Map.of(path, text)).getFirst();
  }

  /** The line, from 1, on which the tree begins, its comment left out. */
  long firstLine(Tree part) {
    return tree.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(tree, part));
  }

  /** The line on which the tree ends. */
  long lastLine(Tree part) {
    return tree.getLineMap().getLineNumber(trees.getSourcePositions().getEndPosition(tree, part));
  }

  /** The documentation comment of a declaration; null when there is none. */
  @Nullable String doc(TreePath declaration) {
    return trees.getDocComment(declaration);
  }

  /** The file's folder. */
  String folder() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The file's name. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
