package dev.millrace.kernel;

/**
 * Bytes of event ids: per hour those not yet in a part are in the head; with more than a few of
 * them they are sealed into parts of their hours, which are never rewritten (performance.md §3.7).
 */
final class IdCodec {
  /** Ids that stay in the head. */
  private static final int HEAD_IDS = 32;

  private static final long ID_PART = 1L << 62;
  private static final int SEQUENCE_BITS = 24;

  private IdCodec() {}

  static boolean isIdPart(long part) {
    return (part & ID_PART) != 0;
  }

  /** Number of an hour's part. */
  static long part(long hour, int sequence) {
    return ID_PART | hour << SEQUENCE_BITS | sequence;
  }

  /** Removes the parts of dropped hours and seals ids if the head would get too long. */
  static void flush(IdMemory ids, BodyStore store) {
    for (long part : ids.takeDroppedParts()) {
      store.remove(part);
    }
    int open = 0;
    for (int i = 0; i < ids.size(); i++) {
      open += ids.set(i).size() - ids.set(i).sealed;
    }
    if (open <= HEAD_IDS) {
      return;
    }
    for (int i = 0; i < ids.size(); i++) {
      IdSet set = ids.set(i);
      if (set.sealed < set.size()) {
        var out = new ByteSink();
        writeOpen(set, out);
        store.put(part(ids.hour(i), set.parts), out.toBytes());
        set.sealed = set.size();
        set.parts++;
      }
    }
  }

  static boolean hasParts(IdMemory ids) {
    for (int i = 0; i < ids.size(); i++) {
      if (ids.set(i).parts > 0) {
        return true;
      }
    }
    return false;
  }

  static void write(IdMemory ids, ByteSink out) {
    out.varint(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      out.zigzag(ids.hour(i));
      out.varint(ids.set(i).parts);
      writeOpen(ids.set(i), out);
    }
  }

  private static void writeOpen(IdSet set, ByteSink out) {
    out.varint(set.size() - set.sealed);
    for (int i = set.sealed; i < set.size(); i++) {
      out.fixed64(set.high(i));
      out.fixed64(set.low(i));
    }
  }

  /** Reads the ids of a part; parts are read before the head. */
  static void readPart(IdMemory ids, long part, ByteSource in) {
    IdSet set = ids.ofHour((part & ~ID_PART) >> SEQUENCE_BITS);
    readOpen(set, in);
    set.sealed = set.size();
  }

  static void read(IdMemory ids, ByteSource in) {
    int hours = in.count();
    for (int i = 0; i < hours; i++) {
      IdSet set = ids.ofHour(in.zigzag());
      set.parts = in.count();
      readOpen(set, in);
    }
  }

  private static void readOpen(IdSet set, ByteSource in) {
    int size = in.count();
    for (int i = 0; i < size; i++) {
      set.add(in.fixed64(), in.fixed64());
    }
  }
}
