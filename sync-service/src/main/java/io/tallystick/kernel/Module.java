package io.tallystick.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a package's place in the house: the packages it may use. Sits on each {@code package-info},
 * so that the rule stands in the room it governs; an architecture test reads it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface Module {
  /** Names, below {@code io.tallystick}, of the packages this one may depend on. */
  String[] uses() default {};

  /** True for rules that need nothing but the JDK (a store beside them excepted). */
  boolean jdkOnly() default false;
}
