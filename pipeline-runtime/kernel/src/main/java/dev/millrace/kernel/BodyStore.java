package dev.millrace.kernel;

/**
 * Where the body of one key's state is kept: parts that are written once or seldom, apart from the
 * head that is written on every flush (performance.md §3.8). Part numbers have no meaning outside
 * the kernel.
 */
public interface BodyStore {
  /** Stores a part, replacing what was there. */
  void put(long part, byte[] bytes);

  /** Forgets a part. */
  void remove(long part);

  /** Hands every stored part of the key to the visitor, in any order. */
  void forEach(PartVisitor visitor);

  /** Receives stored parts. */
  interface PartVisitor {
    void part(long part, byte[] bytes);
  }
}
