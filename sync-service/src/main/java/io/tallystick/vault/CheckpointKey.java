package io.tallystick.vault;

import io.tallystick.access.LogSigner;
import io.tallystick.access.proof.Checkpoint;

/** The log's key: signs checkpoints and nothing else. */
final class CheckpointKey implements LogSigner {
  private final SigningKey key;

  CheckpointKey(Seals seals) {
    this.key = new SigningKey(seals, "access-log-signer", "tallystick/access/signer/1");
  }

  @Override
  public byte[] publicKey() {
    return key.publicKey();
  }

  @Override
  public byte[] sign(Checkpoint checkpoint) {
    return key.sign(checkpoint.text());
  }

  @Override
  public String toString() {
    return "[checkpoint key]";
  }
}
