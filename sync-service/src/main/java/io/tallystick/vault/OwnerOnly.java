package io.tallystick.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and folders that nobody but their owner can read, written so that a crash halves none. */
final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> DIRECTORY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private static final String DRAFT = ".draft-";

  private OwnerOnly() {}

  /** True when the path is there and neither group nor others have any right on it. */
  static boolean holds(Path path) {
    try {
      // Follows links: what counts is the file that holds the bytes.
      if (!Files.exists(path) || !posix(path)) {
        return Files.exists(path);
      }
      return DIRECTORY.containsAll(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the folder and its missing parents; leaves one that is there as it is. */
  static void directory(@Nullable Path directory) throws IOException {
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    directory(directory.getParent());
    try {
      if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
      } else {
        Files.createDirectory(directory);
      }
    } catch (java.nio.file.FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  /**
   * Makes the file with these bytes, durable and whole, or fails with {@link
   * java.nio.file.FileAlreadyExistsException} when it is there: of two processes one wins.
   */
  static void publish(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, DRAFT, "");
    try {
      write(draft, bytes);
      // A hard link appears at once and whole, and refuses to replace what is there.
      Files.createLink(file, draft);
    } finally {
      Files.deleteIfExists(draft);
    }
    sync(folder);
  }

  /**
   * Puts these bytes in the place of the file's, durable and whole: readers see one or the other.
   */
  static void replace(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, DRAFT, "");
    try {
      write(draft, bytes);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    sync(folder);
  }

  /** Overwrites the file with zeros and removes it; nothing when it is not there. */
  static void wipe(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.allocate((int) Math.min(out.size(), 1 << 16)));
      out.force(true);
    }
    Files.deleteIfExists(file);
    sync(file.toAbsolutePath().getParent());
  }

  /**
   * Removes drafts last written before an instant, which nobody will finish. They are not
   * overwritten: one may be a second name of a file that is in use.
   */
  static void tidy(@Nullable Path folder, Instant before) throws IOException {
    if (folder == null) {
      return;
    }
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
      for (Path draft : drafts) {
        if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
          Files.deleteIfExists(draft);
        }
      }
    } catch (NoSuchFileException e) {
      return; // finished meanwhile
    }
    sync(folder);
  }

  private static void write(Path draft, byte[] bytes) throws IOException {
    if (posix(draft)) {
      Files.setPosixFilePermissions(draft, FILE);
    }
    try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }

  private static void sync(@Nullable Path folder) throws IOException {
    if (folder != null && posix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static boolean posix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }
}
