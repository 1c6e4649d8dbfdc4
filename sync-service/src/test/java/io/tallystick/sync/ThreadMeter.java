package io.tallystick.sync;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of this process by what its threads are for, those of the virtual machine
 * included, of which no bean tells. Linux counts it in nanoseconds. A thread that ends meanwhile is
 * not counted.
 */
final class ThreadMeter {
  private static final Path TASKS = Path.of("/proc/self/task");

  private final Map<Path, Long> begun = new HashMap<>();

  /** Begins to count. */
  ThreadMeter() throws IOException {
    each((task, group, nanos) -> begun.put(task, nanos));
  }

  /** What threads beside the reading one are for. */
  enum Group {
    /** Makes machine code of what is run often: done once in the life of a process. */
    COMPILER,
    /** The virtual machine's own, in which the serial collector works. */
    COLLECTOR,
    /** Carries virtual threads: here the HTTP client's, and little else. */
    VIRTUAL,
    /** Waits for the network. */
    NETWORK;

    private static @Nullable Group of(String thread) {
      if (thread.equals("C1") || thread.equals("C2")) {
        return COMPILER;
      }
      if (thread.equals("VM")) {
        return COLLECTOR;
      }
      if (thread.startsWith("ForkJoinPool")) {
        return VIRTUAL;
      }
      return thread.startsWith("HttpClient") || thread.contains("Poller") ? NETWORK : null;
    }
  }

  /** What each group has used since, in nanoseconds. */
  Map<Group, Long> used() throws IOException {
    Map<Group, Long> used = new EnumMap<>(Group.class);
    each(
        (task, group, nanos) -> used.merge(group, nanos - begun.getOrDefault(task, 0L), Long::sum));
    return used;
  }

  /** Takes what one thread has used. */
  private interface Taker {
    void take(Path task, Group group, long nanos);
  }

  private static void each(Taker taker) throws IOException {
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        Group group = Group.of(word(task.resolve("comm")));
        String nanos = word(task.resolve("schedstat"));
        if (group != null && !nanos.isEmpty()) {
          taker.take(task, group, Long.parseLong(nanos));
        }
      }
    }
  }

  // The first word; none of a thread that ended meanwhile.
  private static String word(Path file) throws IOException {
    try {
      return Files.readString(file).split("[ \n]", 2)[0];
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
