package dev.millrace.testkit;

import dev.millrace.kernel.BodyStore;
import java.util.Map;
import java.util.TreeMap;

/** A body store in memory. It copies bytes in and out, as a store on disk does. */
public final class MapBodyStore implements BodyStore {
  private final Map<Long, byte[]> parts = new TreeMap<>();
  private long writes;
  private long bytesWritten;

  @Override
  public void put(long part, byte[] bytes) {
    parts.put(part, bytes.clone());
    writes++;
    bytesWritten += bytes.length;
  }

  @Override
  public void remove(long part) {
    parts.remove(part);
    writes++;
  }

  @Override
  public void forEach(PartVisitor visitor) {
    parts.forEach((part, bytes) -> visitor.part(part, bytes.clone()));
  }

  /** The same content in a store of its own. */
  public MapBodyStore copy() {
    var copy = new MapBodyStore();
    parts.forEach((part, bytes) -> copy.parts.put(part, bytes.clone()));
    return copy;
  }

  public int parts() {
    return parts.size();
  }

  /** Number of put and remove calls so far. */
  public long writes() {
    return writes;
  }

  public long bytesWritten() {
    return bytesWritten;
  }
}
