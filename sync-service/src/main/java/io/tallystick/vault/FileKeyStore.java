package io.tallystick.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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
  private static final int KEPT_AT_MOST = 10_000;
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);
  // One that is older was left by a process that died.
  private static final Duration DRAFT_AT_MOST = Duration.ofMinutes(10);
  private static final KeyName PROBE = KeyName.installation("probe");

  private final KeyFiles files;
  private final InstantSource clock;
  private final Map<KeyName, Kept> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<KeyName, Kept> eldest) {
          return size() > KEPT_AT_MOST;
        }
      };

  private record Kept(Keys keys, String file, Instant seen) {}

  private FileKeyStore(KeyFiles files, InstantSource clock) {
    this.files = files;
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
    FileKeyStore store =
        new FileKeyStore(new KeyFiles(folder.toAbsolutePath(), master, former), clock);
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
      OwnerOnly.tidy(file(name).getParent(), clock.instant().minus(DRAFT_AT_MOST));
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
    try {
      files.publish(name, Keys.random(clock.instant()));
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
      String identity = files.identity(name);
      Keys keys = files.read(name);
      synchronized (kept) {
        kept.put(name, new Kept(keys, identity, now));
      }
      return keys;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Closes every key by the present master key while the store is in use. Cut off, it goes on where
   * it is called again; two at once do no harm. Returns how many keys there are. Throws {@link
   * Unopenable} when any does not open, after all others are closed.
   */
  public int rewrap() {
    return each(name -> load(name) != null);
  }

  @Override
  public int rotate(Instant before) {
    return each(name -> rotate(name, before));
  }

  private int each(KeyFiles.Work work) {
    try {
      return files.each(work);
    } catch (IOException e) {
      throw new Unopenable(Unopenable.Reason.STORE_UNAVAILABLE, PROBE);
    }
  }

  private boolean rotate(KeyName name, Instant before) throws IOException {
    boolean[] rotated = {false};
    try {
      if (Files.exists(tombstone(name)) || !files.since(name).isBefore(before)) {
        return false;
      }
      Instant now = clock.instant();
      files.change(
          name,
          keys -> {
            // Looked at again, alone now: another process may have been faster.
            rotated[0] = keys.since().isBefore(before);
            return rotated[0] ? keys.rotated(now) : null;
          });
    } catch (NoSuchFileException e) {
      return false; // destroyed meanwhile
    } catch (Unopenable e) {
      if (e.reason() != Unopenable.Reason.KEY_DESTROYED) {
        throw e;
      }
      return false;
    } finally {
      forget(name);
    }
    return rotated[0];
  }

  @Override
  public Keys existingNow(KeyName name) {
    forget(name);
    return existing(name);
  }

  @Override
  public void adopt(KeyName name, byte[] digestKey) {
    try {
      if (Files.exists(tombstone(name))) {
        throw new Unopenable(Unopenable.Reason.KEY_DESTROYED, name);
      }
      files.publish(name, Keys.adopting(digestKey, clock.instant()));
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException("the name has keys", e);
    } catch (IOException e) {
      throw new Unopenable(Unopenable.Reason.STORE_UNAVAILABLE, name);
    }
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
      if (!Files.exists(tombstone(name)) && files.identity(name).equals(known.file())) {
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

  private Path file(KeyName name) {
    return files.file(name);
  }

  private Path tombstone(KeyName name) {
    return files.tombstone(name);
  }
}
