package io.tallystick.web;

import io.tallystick.records.BookedAccount;
import io.tallystick.records.Reviews;
import java.time.Instant;

/** Whose token opens an operation of the contract. */
final class Askers {
  private Askers() {}

  static String reader(Contract.Operation operation, BookedAccount account) {
    return operation.roles().contains("tracker") ? "tracker" : writer(operation, account);
  }

  static String writer(Contract.Operation operation, BookedAccount account) {
    if (operation.roles().contains("owner")) {
      return "owner";
    }
    if (operation.roles().contains("holder")) {
      return account.tenant.session(account.holder);
    }
    if (operation.roles().contains("reviewer")) {
      return Reviews.token(account, Instant.now().minusSeconds(600), Instant.now());
    }
    return operation.roles().contains("accountant") ? "accountant" : "tracker";
  }
}
