package dev.millrace.flink.entity;

import dev.millrace.kernel.BodyStore;
import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.KeyState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * The key states of one subtask: decoded ones in a write-back cache under a budget of bytes, the
 * rest as heads and bodies in Flink's keyed state (performance.md §3.8, §3.9). A state is written
 * when it is evicted and at every barrier, if events or ids came.
 */
final class KeyStates {
  private static final class Entry {
    private final KeyState state;
    private int weight;

    private Entry(KeyState state) {
      this.state = state;
    }
  }

  private final EntityLayout layout;
  private final Consumer<String> selectKey;
  private final ValueState<byte[]> heads;
  private final BodyStore body;
  private final MapState<Long, byte[]> parts;
  private final long budgetBytes;
  private final LinkedHashMap<String, Entry> cache = new LinkedHashMap<>(1024, 0.75f, true);
  private long bytes;

  /**
   * @param selectKey makes a key the current one of Flink's keyed state
   * @param budgetBytes bytes of decoded states to keep in memory
   */
  KeyStates(
      EntityLayout layout,
      Consumer<String> selectKey,
      ValueState<byte[]> heads,
      MapState<Long, byte[]> parts,
      long budgetBytes) {
    this.layout = layout;
    this.selectKey = selectKey;
    this.heads = heads;
    this.parts = parts;
    this.budgetBytes = budgetBytes;
    body = new FlinkBody(parts);
  }

  /**
   * The state of a key, a new one if there is none.
   *
   * @param doneUpTo grid point up to which all of the key's rows have been fired: a state written
   *     before its last expiries is brought up to it, without firing again
   */
  KeyState get(String key, long doneUpTo) throws IOException {
    Entry entry = cache.get(key);
    if (entry == null) {
      entry = new Entry(load(key, doneUpTo));
      cache.put(key, entry);
      weigh(entry);
    }
    return entry.state;
  }

  private KeyState load(String key, long doneUpTo) throws IOException {
    selectKey.accept(key);
    byte[] head = heads.value();
    if (head == null) {
      return new KeyState(layout);
    }
    KeyState state = KeyState.restore(layout, head, body);
    if (state.nextTouch() <= doneUpTo) {
      state.advance(doneUpTo);
    }
    return state;
  }

  /** Weighs a key's state anew after a change, deletes it if it is empty, and makes room. */
  void changed(String key) throws IOException {
    Entry entry = cache.get(key);
    if (entry.state.isEmpty()) {
      cache.remove(key);
      bytes -= entry.weight;
      selectKey.accept(key);
      heads.clear();
      parts.clear();
      return;
    }
    weigh(entry);
    Iterator<java.util.Map.Entry<String, Entry>> eldest = cache.entrySet().iterator();
    while (bytes > budgetBytes && cache.size() > 1) {
      var evicted = eldest.next();
      write(evicted.getKey(), evicted.getValue().state);
      bytes -= evicted.getValue().weight;
      eldest.remove();
    }
  }

  private void weigh(Entry entry) {
    int weight = entry.state.weight();
    bytes += weight - entry.weight;
    entry.weight = weight;
  }

  /** Writes every state that has something to write. */
  void flush() throws IOException {
    for (var entry : cache.entrySet()) {
      write(entry.getKey(), entry.getValue().state);
    }
  }

  private void write(String key, KeyState state) throws IOException {
    if (state.isDirty()) {
      selectKey.accept(key);
      heads.update(state.flush(body));
    }
  }

  /** Bytes of decoded states in memory. */
  long bytes() {
    return bytes;
  }

  /** A key's body parts in Flink's map state of the current key. */
  private record FlinkBody(MapState<Long, byte[]> parts) implements BodyStore {
    @Override
    public void put(long part, byte[] bytes) {
      try {
        parts.put(part, bytes);
      } catch (Exception e) {
        throw failed(e);
      }
    }

    @Override
    public void remove(long part) {
      try {
        parts.remove(part);
      } catch (Exception e) {
        throw failed(e);
      }
    }

    @Override
    public void forEach(PartVisitor visitor) {
      try {
        for (var part : parts.entries()) {
          visitor.part(part.getKey(), part.getValue());
        }
      } catch (Exception e) {
        throw failed(e);
      }
    }

    private static UncheckedIOException failed(Exception cause) {
      return new UncheckedIOException(new IOException("state backend", cause));
    }
  }
}
