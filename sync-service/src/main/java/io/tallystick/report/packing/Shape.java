package io.tallystick.report.packing;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** How values of a type are written and read. */
sealed interface Shape {
  void write(Object value, PackedBytes out);

  Object read(PackedInput in);

  /** The shape of a type; throws IllegalArgumentException on one that has none. */
  static Shape of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new Many(of(list.getActualTypeArguments()[0]));
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("no packing for " + type);
    }
    for (Plain one : Plain.values()) {
      if (one.type == plain) {
        return one;
      }
    }
    if (plain.isEnum()) {
      return new Word(words(plain));
    }
    if (plain.isRecord()) {
      return Parts.of(plain);
    }
    if (plain.isSealed()) {
      return Choice.of(plain);
    }
    throw new IllegalArgumentException("no packing for " + type);
  }

  private static List<Object> words(Class<?> type) {
    return List.of((Object[]) Objects.requireNonNull(type.getEnumConstants()));
  }

  /** Values that are no records. */
  enum Plain implements Shape {
    TEXT(String.class),
    DECIMAL(BigDecimal.class),
    WHOLE(BigInteger.class),
    INSTANT(Instant.class),
    NUMBER(int.class),
    FLAG(boolean.class);

    private final Class<?> type;

    Plain(Class<?> type) {
      this.type = type;
    }

    @Override
    public void write(Object value, PackedBytes out) {
      switch (this) {
        case TEXT -> out.text((String) value);
        case DECIMAL -> out.decimal((BigDecimal) value);
        case WHOLE -> out.whole((BigInteger) value);
        case INSTANT -> out.instant((Instant) value);
        case NUMBER -> out.number((int) value);
        case FLAG -> out.number((boolean) value ? 1 : 0);
      }
    }

    @Override
    public Object read(PackedInput in) {
      return switch (this) {
        case TEXT -> in.text();
        case DECIMAL -> in.decimal();
        case WHOLE -> in.whole();
        case INSTANT -> in.instant();
        case NUMBER -> in.count();
        case FLAG -> in.number() != 0;
      };
    }
  }

  /** A word of an enum, by its name: a new word between others changes nothing. */
  record Word(List<Object> words) implements Shape {
    @Override
    public void write(Object value, PackedBytes out) {
      out.text(((Enum<?>) value).name());
    }

    @Override
    public Object read(PackedInput in) {
      String name = in.text();
      return words.stream()
          .filter(word -> ((Enum<?>) word).name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no such word: " + name));
    }
  }

  /** A list: how many, then each. */
  record Many(Shape each) implements Shape {
    @Override
    public void write(Object value, PackedBytes out) {
      List<?> list = (List<?>) value;
      int size = list.size();
      out.number(size);
      for (int n = 0; n < size; n++) {
        each.write(list.get(n), out);
      }
    }

    @Override
    public Object read(PackedInput in) {
      int size = in.count();
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(each.read(in));
      }
      return List.copyOf(list);
    }
  }

  /** A record: its components in their order. */
  record Parts(MethodHandle made, Function<Object, Object>[] parts, Shape[] shapes)
      implements Shape {
    static Parts of(Class<?> type) {
      RecordComponent[] components = Objects.requireNonNull(type.getRecordComponents());
      try {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        List<Function<Object, Object>> parts = new ArrayList<>();
        Shape[] shapes = new Shape[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
          parts.add(accessor(lookup, lookup.unreflect(components[i].getAccessor())));
          shapes[i] = Shape.of(components[i].getGenericType());
          types[i] = components[i].getType();
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        MethodHandle made =
            lookup
                .unreflectConstructor(constructor)
                .asSpreader(Object[].class, components.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
        return new Parts(made, parts.toArray(Parts::functions), shapes);
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException("no packing for " + type, e);
      }
    }

    @SuppressWarnings("unchecked")
    private static Function<Object, Object>[] functions(int size) {
      return (Function<Object, Object>[]) new Function<?, ?>[size];
    }

    // As an ordinary call: a handle that is no constant is walked through each time.
    @SuppressWarnings("unchecked")
    private static Function<Object, Object> accessor(
        MethodHandles.Lookup lookup, MethodHandle accessor) {
      try {
        return (Function<Object, Object>)
            LambdaMetafactory.metafactory(
                    lookup,
                    "apply",
                    MethodType.methodType(Function.class),
                    MethodType.methodType(Object.class, Object.class),
                    accessor,
                    accessor.type().wrap())
                .getTarget()
                .invoke();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalArgumentException("no packing by " + accessor, e);
      }
    }

    @Override
    public void write(Object value, PackedBytes out) {
      for (int i = 0; i < shapes.length; i++) {
        shapes[i].write(parts[i].apply(value), out);
      }
    }

    @Override
    public Object read(PackedInput in) {
      Object[] values = new Object[shapes.length];
      for (int i = 0; i < shapes.length; i++) {
        values[i] = shapes[i].read(in);
      }
      try {
        return (Object) made.invokeExact(values);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("a record's constructor throws nothing checked", e);
      }
    }
  }

  /** One of several records: which, by its name, then the record. */
  record Choice(List<Named> names, Map<String, Shape> shapes) implements Shape {
    private record Named(Class<?> type, String name, Shape shape) {}

    static Choice of(Class<?> type) {
      List<Named> names = new ArrayList<>();
      Map<String, Shape> shapes = new HashMap<>();
      Arrays.stream(Objects.requireNonNull(type.getPermittedSubclasses()))
          .sorted(Comparator.comparing(Class::getSimpleName))
          .forEach(one -> {
            Shape shape = Shape.of(one);
            names.add(new Named(one, one.getSimpleName(), shape));
            shapes.put(one.getSimpleName(), shape);
          });
      return new Choice(names, shapes);
    }

    @Override
    public void write(Object value, PackedBytes out) {
      Class<?> type = value.getClass();
      for (Named named : names) {
        if (named.type() == type) {
          out.text(named.name());
          named.shape().write(value, out);
          return;
        }
      }
      throw new IllegalArgumentException("no packing for " + type);
    }

    @Override
    public Object read(PackedInput in) {
      Shape shape = shapes.get(in.text());
      if (shape == null) {
        throw new IllegalArgumentException("no such record");
      }
      return shape.read(in);
    }
  }
}
