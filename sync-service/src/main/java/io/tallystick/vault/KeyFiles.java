package io.tallystick.vault;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where the files of keys lie, how they are read, and how one is put in another's place. */
final class KeyFiles {
  private static final Logger LOG = Logger.getLogger("io.tallystick.vault.security");
  static final String SUFFIX = ".keys";
  // Of this JVM, for file locks hold between processes alone. One for all stores of it.
  private static final ReentrantLock HERE = new ReentrantLock();

  private final Path folder;
  private final MasterKey master;
  private final @Nullable MasterKey former;

  KeyFiles(Path folder, MasterKey master, @Nullable MasterKey former) {
    this.folder = folder;
    this.master = master;
    this.former = former;
  }

  /** What is made of the keys of a file; null leaves the file as it is. */
  @FunctionalInterface
  interface Change {
    @Nullable Keys of(Keys keys);
  }

  Path file(KeyName name) {
    return folder.resolve(name.text() + SUFFIX);
  }

  Path tombstone(KeyName name) {
    return folder.resolve(name.text() + ".destroyed");
  }

  /** What changes when the file does. */
  String identity(KeyName name) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file(name), BasicFileAttributes.class);
    return found.fileKey() + "/" + found.lastModifiedTime() + "/" + found.size();
  }

  /** What is done with one name; true when it counts. */
  @FunctionalInterface
  interface Work {
    boolean with(KeyName name) throws IOException;
  }

  /**
   * Goes through all names that have a file; returns how many counted. A damaged file is told by
   * its name and holds none of the others up: the last {@link Unopenable} is thrown at the end.
   */
  int each(Work work) throws IOException {
    int done = 0;
    Unopenable damaged = null;
    for (KeyName name : names()) {
      try {
        done += work.with(name) ? 1 : 0;
      } catch (Unopenable e) {
        LOG.errorf("keys do not open keys=%s reason=%s", name, e.reason());
        damaged = e;
      }
    }
    if (damaged != null) {
      throw damaged;
    }
    return done;
  }

  private List<KeyName> names() throws IOException {
    List<KeyName> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            if (path.endsWith(SUFFIX)) {
              found.add(new KeyName(path.substring(0, path.length() - SUFFIX.length())));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE; // another process's draft, finished meanwhile
          }
        });
    return found;
  }

  /**
   * The keys of a file, closed by the present master key from now on; throws {@link
   * NoSuchFileException} when there is none.
   */
  Keys read(KeyName name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    if (former == null) {
      return Keys.open(name, bytes, master);
    }
    try {
      return Keys.open(name, bytes, master);
    } catch (Unopenable otherMaster) {
      return change(name, keys -> keys);
    }
  }

  /** Since when the content key of a file is in use; told without opening it. */
  Instant since(KeyName name) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file(name), StandardCharsets.US_ASCII)) {
      return Keys.since(String.valueOf(lines.readLine()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Unopenable(Unopenable.Reason.MASTER_KEY, name);
    }
  }

  /** Makes the file; throws {@link java.nio.file.FileAlreadyExistsException} when it is there. */
  void publish(KeyName name, Keys keys) throws IOException {
    OwnerOnly.directory(file(name).getParent());
    OwnerOnly.publish(file(name), keys.close(name, master));
  }

  /**
   * Puts changed keys in the place of a file's, alone among all threads and processes: of two who
   * add a key at once none may lose the other's. Returns the keys that the file holds then.
   */
  Keys change(KeyName name, Change change) throws IOException {
    HERE.lock();
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".changing"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      return changedAlone(name, change, alone);
    } finally {
      HERE.unlock();
    }
  }

  private Keys changedAlone(KeyName name, Change change, FileLock alone) throws IOException {
    if (!alone.isValid()) {
      throw new IOException("the lock was lost");
    }
    byte[] bytes = Files.readAllBytes(file(name));
    Keys keys = open(name, bytes);
    Keys changed = change.of(keys);
    if (changed == null) {
      return keys;
    }
    OwnerOnly.replace(file(name), changed.close(name, master));
    // A destruction that came between must not be undone by what was written here.
    if (Files.exists(tombstone(name))) {
      OwnerOnly.wipe(file(name));
      throw new Unopenable(Unopenable.Reason.KEY_DESTROYED, name);
    }
    return changed;
  }

  private Keys open(KeyName name, byte[] bytes) {
    MasterKey before = former;
    if (before == null) {
      return Keys.open(name, bytes, master);
    }
    try {
      return Keys.open(name, bytes, master);
    } catch (Unopenable otherMaster) {
      return Keys.open(name, bytes, before);
    }
  }
}
