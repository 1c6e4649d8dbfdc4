package io.tallystick.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What the signer keeps outside the database: its last note, so that a database that was rewritten
 * or restored is noticed, and, if wanted, a file to which every note is appended.
 *
 * @param state the file of the last note
 * @param published the file of all notes, to be carried to where the database's administrator
 *     cannot write; null when none is wanted
 */
record SignerFiles(Path state, @Nullable Path published) {
  /** The last note; null when there is none yet. */
  @Nullable String last() throws IOException {
    return Files.exists(state) ? Files.readString(state) : null;
  }

  /** Replaces the last note, durably and whole: a crash leaves the one or the other. */
  void remember(String note) throws IOException {
    Path folder = state.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path draft = state.resolveSibling(state.getFileName() + ".next");
    write(draft, note, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    try {
      Files.move(draft, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(draft, state, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Appends the note to the published file, durably. */
  void publish(String note) throws IOException {
    if (published != null) {
      write(published, note + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static void write(Path file, String text, StandardOpenOption... how) throws IOException {
    StandardOpenOption[] options = java.util.Arrays.copyOf(how, how.length + 1);
    options[how.length] = StandardOpenOption.WRITE;
    try (FileChannel out = FileChannel.open(file, options)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }
}
