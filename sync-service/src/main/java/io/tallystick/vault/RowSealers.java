package io.tallystick.vault;

import io.tallystick.access.BodySealer;
import io.tallystick.access.LogSigner;
import io.tallystick.consent.HolderSeal;
import io.tallystick.consent.ReceiptSigner;
import io.tallystick.kernel.Frame;
import io.tallystick.ledger.DetailSealer;
import io.tallystick.web.CursorKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lends the seals to the rooms below, each bound to its own kind of row. */
@ApplicationScoped
class RowSealers {
  @Produces
  @Singleton
  BodySealer accessBodies(Seals seals) {
    return new LeafBodies(seals);
  }

  @Produces
  @Singleton
  LogSigner checkpoints(Seals seals) {
    return new CheckpointKey(seals);
  }

  @Produces
  @Singleton
  DetailSealer entryDetails(Seals seals) {
    return new DetailSealer() {
      @Override
      public byte[] seal(long tenant, long holder, UUID entry, byte[] details) {
        return seals.seal(holder, RetentionClass.RAW, details, tenant, entry, "entry-details");
      }

      @Override
      public byte[] open(long tenant, long holder, UUID entry, byte[] sealed) {
        return seals
            .open(holder, RetentionClass.RAW, sealed, tenant, entry, "entry-details")
            .bytes();
      }
    };
  }

  @Produces
  @Singleton
  HolderSeal holders(Seals seals) {
    return new HolderSeal() {
      @Override
      public byte[] digest(long tenant, String reference) {
        return seals.mac("holder-reference", Frame.of(tenant, reference));
      }

      @Override
      public byte[] seal(long tenant, long holder, long row, Field field, byte[] plain) {
        return seals.seal(holder, retention(field), plain, tenant, row, field.name());
      }

      @Override
      public byte @Nullable [] open(
          long tenant, long holder, long row, Field field, byte[] sealed) {
        return seals
            .open(holder, retention(field), sealed, tenant, row, field.name())
            .unlessDestroyed();
      }

      private RetentionClass retention(Field field) {
        return switch (field) {
          case REFERENCE, EVIDENCE, GIVEN_IP, GIVEN_AGENT, REASON -> RetentionClass.IDENTITY;
          case RECEIPT -> RetentionClass.CONSENT;
        };
      }
    };
  }

  @Produces
  @Singleton
  ReceiptSigner receipts(Seals seals) {
    SigningKey key = new SigningKey(seals, "consent-receipt-signer", "tallystick/receipt/signer/1");
    return new ReceiptSigner() {
      @Override
      public byte[] publicKey() {
        return key.publicKey();
      }

      @Override
      public byte[] sign(String receipt) {
        return key.sign(receipt);
      }
    };
  }

  @Produces
  @Singleton
  CursorKey cursors(Seals seals) {
    return content -> seals.mac("cursor", content);
  }
}
