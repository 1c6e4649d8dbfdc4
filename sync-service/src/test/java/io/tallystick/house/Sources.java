package io.tallystick.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The project's own text files, as they lie in its folder. */
final class Sources {
  private static final Set<String> NOT_OURS =
      Set.of(".git", ".idea", ".vscode", "data", "demo-data", "node_modules", "target");

  private Sources() {}

  /** The project's folder, found from wherever the tests run. */
  static Path project() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("the tests do not run inside the project");
    }
    return at;
  }

  /** Files whose path is wanted, by path from the project down, with their text. */
  static Map<String, String> where(Predicate<String> wanted) {
    Map<String, String> found = new TreeMap<>();
    Path project = project();
    try {
      Files.walkFileTree(
          project,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
              return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                      && !folder.equals(project)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                throws IOException {
              String path = project.relativize(file).toString().replace('\\', '/');
              if (wanted.test(path)) {
                found.put(path, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
