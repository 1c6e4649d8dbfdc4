package io.tallystick.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys in small files below one folder (0700, files 0600), each closed by the master key and bound
 * to its name, so that a file moved to another name does not open.
 *
 * <p>Opened keys are kept in memory; each is looked up again on disk at most a second after, so
 * that a destruction by another process takes effect here within that second.
 */
public final class FileKeyStore implements KeyStore {
  private static final String SUFFIX = ".keys";
  private static final int KEPT_AT_MOST = 10_000;
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);
  private static final KeyName PROBE = KeyName.installation("probe");

  private final Path folder;
  private final MasterKey master;
  private final @Nullable MasterKey former;
  private final InstantSource clock;
  private final Map<KeyName, Kept> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<KeyName, Kept> eldest) {
          return size() > KEPT_AT_MOST;
        }
      };

  private record Kept(Keys keys, String file, Instant seen) {}

  private FileKeyStore(
      Path folder, MasterKey master, @Nullable MasterKey former, InstantSource clock) {
    this.folder = folder;
    this.master = master;
    this.former = former;
    this.clock = clock;
  }

  /**
   * Opens the store, making the folder when there is none. Throws {@link Unopenable} when the
   * master key is not the one that closed it, or the folder is open to others.
   */
  public static FileKeyStore open(Path folder, MasterKey master, InstantSource clock) {
    return open(folder, master, null, clock);
  }

  /**
   * Opens the store while its master key is being replaced: what the former one closed opens too,
   * and is closed by the present one when it is met.
   */
  public static FileKeyStore open(
      Path folder, MasterKey master, @Nullable MasterKey former, InstantSource clock) {
    try {
      OwnerOnly.directory(folder.toAbsolutePath());
    } catch (IOException e) {
      throw new Unopenable(Unopenable.Reason.STORE_UNAVAILABLE, PROBE);
    }
    if (!OwnerOnly.holds(folder)) {
      throw new MasterKey.BadMasterKey(
          "the key store's folder is open to others; give all rights on it to its owner only");
    }
    FileKeyStore store = new FileKeyStore(folder.toAbsolutePath(), master, former, clock);
    store.obtain(PROBE);
    return store;
  }

  @Override
  public Keys obtain(KeyName name) {
    Keys known = remembered(name);
    if (known != null) {
      return known;
    }
    try {
      if (Files.exists(tombstone(name))) {
        throw new Unopenable(Unopenable.Reason.KEY_DESTROYED, name);
      }
      Keys found = load(name);
      return found != null ? found : make(name);
    } catch (IOException e) {
      throw new Unopenable(Unopenable.Reason.STORE_UNAVAILABLE, name);
    }
  }

  @Override
  public Keys existing(KeyName name) {
    Keys known = remembered(name);
    if (known != null) {
      return known;
    }
    try {
      Keys found = load(name);
      if (found != null) {
        return found;
      }
      throw new Unopenable(
          Files.exists(tombstone(name))
              ? Unopenable.Reason.KEY_DESTROYED
              : Unopenable.Reason.KEY_MISSING,
          name);
    } catch (IOException e) {
      throw new Unopenable(Unopenable.Reason.STORE_UNAVAILABLE, name);
    }
  }

  @Override
  public void destroy(KeyName name) {
    forget(name);
    try {
      OwnerOnly.directory(file(name).getParent());
      // The mark comes first: a crash between the two leaves a name that makes no new key.
      mark(name);
      OwnerOnly.wipe(file(name));
    } catch (IOException e) {
      throw new Unopenable(Unopenable.Reason.STORE_UNAVAILABLE, name);
    } finally {
      forget(name);
    }
  }

  @Override
  public void renew(KeyName name) {
    try {
      // A destruction cut off half way is finished first, or its key would live on.
      if (Files.exists(tombstone(name))) {
        OwnerOnly.wipe(file(name));
        OwnerOnly.wipe(tombstone(name));
      }
    } catch (IOException e) {
      throw new Unopenable(Unopenable.Reason.STORE_UNAVAILABLE, name);
    }
  }

  private void mark(KeyName name) throws IOException {
    try {
      OwnerOnly.publish(
          tombstone(name), (clock.instant() + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (FileAlreadyExistsException e) {
      // Destroyed before: the first instant stays.
      return;
    }
  }

  private Keys make(KeyName name) throws IOException {
    Keys fresh = Keys.random();
    OwnerOnly.directory(file(name).getParent());
    try {
      OwnerOnly.publish(file(name), fresh.close(name, master));
    } catch (FileAlreadyExistsException e) {
      // Another worker or process was faster; its keys are the keys, ours were never used.
      return existing(name);
    }
    if (Files.exists(tombstone(name))) {
      OwnerOnly.wipe(file(name));
      throw new Unopenable(Unopenable.Reason.KEY_DESTROYED, name);
    }
    return existing(name);
  }

  private @Nullable Keys load(KeyName name) throws IOException {
    // A mark beside a file is a destruction that was cut off: the key counts as gone.
    if (Files.exists(tombstone(name))) {
      return null;
    }
    Instant now = clock.instant();
    try {
      String identity = identity(name);
      Keys keys = opened(name, Files.readAllBytes(file(name)));
      synchronized (kept) {
        kept.put(name, new Kept(keys, identity, now));
      }
      return keys;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private Keys opened(KeyName name, byte[] file) throws IOException {
    MasterKey before = former;
    if (before == null) {
      return Keys.open(name, file, master);
    }
    try {
      return Keys.open(name, file, master);
    } catch (Unopenable otherMaster) {
      Keys keys = Keys.open(name, file, before);
      OwnerOnly.replace(file(name), keys.close(name, master));
      // A destruction that came between must not be undone by what was written here.
      if (Files.exists(tombstone(name))) {
        OwnerOnly.wipe(file(name));
        throw new Unopenable(Unopenable.Reason.KEY_DESTROYED, name);
      }
      return keys;
    }
  }

  /**
   * Closes every key by the present master key while the store is in use. Cut off, it goes on where
   * it is called again; two at once do no harm. Returns how many keys there are.
   */
  public int rewrap() {
    int keys = 0;
    try {
      for (Path file : files()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        KeyName name = new KeyName(path.substring(0, path.length() - SUFFIX.length()));
        keys += load(name) == null ? 0 : 1;
      }
      return keys;
    } catch (IOException e) {
      throw new Unopenable(Unopenable.Reason.STORE_UNAVAILABLE, PROBE);
    }
  }

  private List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(SUFFIX)) {
              found.add(file);
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

  private @Nullable Keys remembered(KeyName name) {
    Kept known;
    synchronized (kept) {
      known = kept.get(name);
    }
    if (known == null) {
      return null;
    }
    Instant now = clock.instant();
    Duration age = Duration.between(known.seen(), now);
    if (!age.isNegative() && age.compareTo(LOOK_AGAIN_AFTER) < 0) {
      return known.keys();
    }
    try {
      if (!Files.exists(tombstone(name)) && identity(name).equals(known.file())) {
        synchronized (kept) {
          kept.replace(name, known, new Kept(known.keys(), known.file(), now));
        }
        return known.keys();
      }
    } catch (IOException e) {
      // The file went away or cannot be seen: what is in memory no longer counts.
      forget(name);
      return null;
    }
    forget(name);
    return null;
  }

  private void forget(KeyName name) {
    synchronized (kept) {
      kept.remove(name);
    }
  }

  private String identity(KeyName name) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file(name), BasicFileAttributes.class);
    return found.fileKey() + "/" + found.lastModifiedTime() + "/" + found.size();
  }

  private Path file(KeyName name) {
    return folder.resolve(name.text() + SUFFIX);
  }

  private Path tombstone(KeyName name) {
    return folder.resolve(name.text() + ".destroyed");
  }
}
