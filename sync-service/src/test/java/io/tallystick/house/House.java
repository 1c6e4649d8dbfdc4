package io.tallystick.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tallystick.kernel.Module;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A tree of compiled packages, each of them a module that says what it may use. The same rules look
 * at the service and at the tree of planted faults, so a module is named from its root down.
 */
final class House {
  private static final String SERVICE = "io.tallystick";
  private static final String PLANTED = "io.tallystick.planted";

  private final String root;
  private final JavaClasses classes;
  private final Map<JavaClass, SortedSet<String>> uses = new ConcurrentHashMap<>();

  private House(String root, JavaClasses classes) {
    this.root = root;
    this.classes = classes;
  }

  /** The package above all modules. */
  String root() {
    return root;
  }

  /** All classes that were read. */
  JavaClasses classes() {
    return classes;
  }

  /** The service as it was compiled, without tests. */
  static House service() {
    return new House(SERVICE, new ClassFileImporter().importPath(compiled(Module.class)));
  }

  /** The planted faults, which only tests can see. */
  static House planted() {
    return new House(PLANTED, new ClassFileImporter().importPackages(PLANTED));
  }

  private static Path compiled(Class<?> sample) {
    try {
      return Path.of(sample.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The classes, without the package-infos. */
  Stream<JavaClass> types() {
    return all().filter(type -> !type.getSimpleName().equals("package-info"));
  }

  /** The classes, package-infos included. */
  Stream<JavaClass> all() {
    return classes.stream().filter(type -> type.getPackageName().startsWith(root + "."));
  }

  /** Whether the class is one of this house's modules. */
  boolean owns(JavaClass type) {
    return type.getPackageName().startsWith(root + ".")
        && (root.equals(PLANTED) || !type.getPackageName().startsWith(PLANTED));
  }

  /** The module of a class of this house, such as {@code venue.binance.wire}. */
  String module(JavaClass type) {
    return type.getPackageName().substring(root.length() + 1);
  }

  /** The file a class was written in, from the root down, such as {@code egress.Wire}. */
  String file(JavaClass type) {
    String name = type.getName().substring(root.length() + 1);
    int inner = name.indexOf('$');
    return inner < 0 ? name : name.substring(0, inner);
  }

  /** What each module says it uses. A package without the annotation is missing here. */
  SortedMap<String, SortedSet<String>> declared() {
    SortedMap<String, SortedSet<String>> declared = new TreeMap<>();
    annotations()
        .forEach((name, module) -> declared.put(name, new TreeSet<>(Arrays.asList(module.uses()))));
    return declared;
  }

  /** Modules that need the JDK alone. */
  SortedSet<String> jdkOnly() {
    SortedSet<String> modules = new TreeSet<>();
    annotations()
        .forEach((name, module) -> {
          if (module.jdkOnly()) {
            modules.add(name);
          }
        });
    return modules;
  }

  private Map<String, Module> annotations() {
    Map<String, Module> found = new HashMap<>();
    all()
        .forEach(type -> {
          JavaPackage home = type.getPackage();
          home.tryGetAnnotationOfType(Module.class)
              .ifPresent(module -> found.put(module(type), module));
        });
    return found;
  }

  /** What each module really uses, by its byte code. */
  SortedMap<String, SortedSet<String>> used() {
    SortedMap<String, SortedSet<String>> used = new TreeMap<>();
    all()
        .forEach(type -> {
          SortedSet<String> targets = used.computeIfAbsent(module(type), _ -> new TreeSet<>());
          uses(type).forEach(targets::add);
        });
    return used;
  }

  /** The other modules that a class uses. */
  SortedSet<String> uses(JavaClass type) {
    return new TreeSet<>(uses.computeIfAbsent(type, this::readUses));
  }

  private SortedSet<String> readUses(JavaClass type) {
    SortedSet<String> targets = new TreeSet<>();
    targetsOf(type).filter(this::owns).map(this::module).forEach(targets::add);
    // ArchUnit does not see what only a type pattern names; the constant pool has it.
    constants(type, ClassEntry.class)
        .map(entry -> entry.asInternalName().replace('/', '.'))
        .filter(classes::contain)
        .map(classes::get)
        .filter(this::owns)
        .map(this::module)
        .forEach(targets::add);
    targets.remove(module(type));
    return targets;
  }

  /** The classes a class depends on; arrays count as what they hold. */
  static Stream<JavaClass> targetsOf(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(JavaClass::getBaseComponentType);
  }

  /** All text in the constant pool of a class. */
  static Stream<String> texts(JavaClass type) {
    return constants(type, Utf8Entry.class).map(Utf8Entry::stringValue);
  }

  private static <T> Stream<T> constants(JavaClass type, Class<T> kind) {
    URI file = type.getSource().orElseThrow().getUri();
    ClassModel model;
    try {
      model = ClassFile.of().parse(Path.of(file));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return StreamSupport.stream(model.constantPool().spliterator(), false)
        .filter(kind::isInstance)
        .map(kind::cast);
  }
}
