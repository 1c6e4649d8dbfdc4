package io.tallystick.imports;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Rounds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Files that lie on disk while they are written or read. A process keeps its own looking young;
 * what a killed one left behind goes an hour later, whichever process on the machine sees it.
 */
@ApplicationScoped
class LaidFiles {
  private static final Logger LOG = Logger.getLogger(LaidFiles.class);
  private static final String NAME = "tallystick-import";
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration REST = Duration.ofMinutes(10);

  private final Pace pace;
  private final boolean enabled;
  private final Set<Path> own = ConcurrentHashMap.newKeySet();
  private final Rounds rounds = new Rounds("import-files", this::round);

  LaidFiles(
      Pace pace,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.pace = pace;
    // A command beside the service tidies nothing.
    this.enabled = !schedulerMode.equals("halted");
  }

  /** A file on disk, gone when closed. */
  record Laid(LaidFiles among, File file, long size) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      among.drop(file);
    }
  }

  void begin(@Observes StartupEvent event) {
    if (enabled) {
      rounds.begin();
    }
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    rounds.end();
  }

  /** A new file; readable by this process's user alone, as temporary files are. */
  File fresh() throws IOException {
    Path file = Files.createTempFile(NAME, ".part");
    own.add(file);
    return file.toFile();
  }

  /** Removes a file of this process. */
  void drop(File file) throws IOException {
    Files.deleteIfExists(file.toPath());
    own.remove(file.toPath());
  }

  /** Removes what dead processes left behind. */
  void sweep() throws IOException {
    Instant now = pace.instant();
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, NAME + "*.part")) {
      for (Path file : all) {
        if (isOwn(file)) {
          keep(file, now);
        } else if (file.toFile().lastModified() < now.minus(LIFE).toEpochMilli()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  // A spreadsheet unpacked from an archive lies beside it, under a name that begins with its name.
  private boolean isOwn(Path file) {
    String name = file.toString();
    return own.stream().anyMatch(mine -> name.startsWith(mine.toString()));
  }

  // It may just have been read to its end by another thread.
  private static void keep(Path file, Instant now) throws IOException {
    try {
      Files.setLastModifiedTime(file, FileTime.from(now));
    } catch (NoSuchFileException e) {
      LOG.debugf("import.files %s is gone already", file.getFileName());
    }
  }

  private Duration round() {
    try {
      sweep();
    } catch (IOException | RuntimeException e) {
      LOG.warnf("import.files cannot be tidied: %s", e.getClass().getSimpleName());
    }
    return REST;
  }
}
