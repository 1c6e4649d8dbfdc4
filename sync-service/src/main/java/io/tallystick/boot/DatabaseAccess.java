package io.tallystick.boot;

import io.tallystick.kernel.Secret;

/**
 * How the database is reached: one role that owns the schema and is used for migrations alone, one
 * that the service runs as.
 */
public record DatabaseAccess(String url, Login owner, Login app) {
  /** The schema that holds everything. */
  public static final String SCHEMA = "tallystick";

  /** A role and its password. */
  public record Login(String user, Secret password) {
    /** A login with a password given as text. */
    public static Login of(String user, String password) {
      return new Login(user, Secret.of(password));
    }
  }
}
