package dev.millrace.flink.entity;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/** Flink's keyed state as two maps; only what {@link KeyStates} uses. */
final class MemoryStates {
  private final Map<String, byte[]> heads = new HashMap<>();
  private final Map<String, Map<Long, byte[]>> parts = new HashMap<>();
  private String key;

  void select(String key) {
    this.key = key;
  }

  ValueState<byte[]> heads() {
    return new ValueState<>() {
      @Override
      public byte[] value() {
        return heads.get(key);
      }

      @Override
      public void update(byte[] value) {
        heads.put(key, value);
      }

      @Override
      public void clear() {
        heads.remove(key);
      }
    };
  }

  @SuppressWarnings("unchecked") // A proxy of a generic interface.
  MapState<Long, byte[]> parts() {
    return (MapState<Long, byte[]>)
        Proxy.newProxyInstance(
            MapState.class.getClassLoader(),
            new Class<?>[] {MapState.class},
            (proxy, method, arguments) -> {
              Map<Long, byte[]> mine = parts.computeIfAbsent(key, k -> new HashMap<>());
              return switch (method.getName()) {
                case "put" -> {
                  mine.put((Long) arguments[0], (byte[]) arguments[1]);
                  yield null;
                }
                case "remove" -> {
                  mine.remove(arguments[0]);
                  yield null;
                }
                case "entries" -> mine.entrySet();
                case "clear" -> {
                  mine.clear();
                  yield null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }
}
