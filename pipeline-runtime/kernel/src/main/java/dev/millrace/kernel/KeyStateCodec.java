package dev.millrace.kernel;

/**
 * The bytes of a key: a head that every flush writes, and body parts that are written once or
 * seldom (performance.md §3.8). The first byte is the version of this form; the bytes are a
 * contract.
 *
 * <p>Head: version, whether there are body parts, as-of, boundary of the body, ids (per hour: how
 * many parts, then those not yet in a part), pending events, panes. Chunk parts hold panes of an
 * aligned chunk; id parts hold ids of an hour, never rewritten.
 */
final class KeyStateCodec {
  static final int VERSION = 1;

  /** Panes that stay in the head. */
  private static final int HEAD_PANES = 16;

  private KeyStateCodec() {}

  static boolean hasBody(byte[] head) {
    return head[1] != 0;
  }

  static byte[] flush(WindowState windows, IdMemory ids, BodyStore store) {
    flushChunks(windows, store);
    if (ids != null) {
      IdCodec.flush(ids, store);
    }
    var out = new ByteSink();
    out.octet(VERSION);
    boolean body = windows.body.stored().length > 0 || ids != null && IdCodec.hasParts(ids);
    out.octet(body ? 1 : 0);
    out.zigzag(windows.asOf());
    out.zigzag(windows.body.boundary());
    if (ids != null) {
      IdCodec.write(ids, out);
    }
    writePending(windows, out);
    int from = windows.panes.lowerBound(windows.body.boundary());
    writePanes(windows, from, windows.panes.size(), out);
    return out.toBytes();
  }

  private static void flushChunks(WindowState windows, BodyStore store) {
    PaneList panes = windows.panes;
    BodyIndex body = windows.body;
    if (panes.size() > HEAD_PANES) {
      long boundary = panes.start(panes.size() - HEAD_PANES);
      if (boundary > body.boundary()) {
        body.moveBoundary(panes, boundary);
      }
    }
    for (long chunk : body.dirty()) {
      int from = lowerBoundOfChunk(windows, chunk);
      int to = Math.min(lowerBoundOfChunk(windows, chunk + 1), panes.lowerBound(body.boundary()));
      if (from < to) {
        var out = new ByteSink();
        writePanes(windows, from, to, out);
        store.put(chunk, out.toBytes());
        body.wrote(chunk);
      }
    }
    body.clean();
    for (long chunk : body.stored()) {
      int from = lowerBoundOfChunk(windows, chunk);
      if (from == panes.size() || body.chunk(panes.start(from)) != chunk) {
        store.remove(chunk);
        body.removed(chunk);
      }
    }
  }

  private static int lowerBoundOfChunk(WindowState windows, long chunk) {
    int low = 0;
    int high = windows.panes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (windows.body.chunk(windows.panes.start(middle)) < chunk) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void writePending(WindowState windows, ByteSink out) {
    int size = windows.pendingSize();
    out.varint(size);
    for (int i = 0; i < size; i++) {
      PendingList pending = windows.pending();
      out.zigzag(pending.visible(i));
      out.zigzag(pending.pane(i));
      BlockCodec.write(
          windows.layout, pending.words(), pending.at(i), pending.refs(), pending.refAt(i), out);
    }
  }

  private static void writePanes(WindowState windows, int from, int to, ByteSink out) {
    PaneList panes = windows.panes;
    out.varint(to - from);
    long before = 0;
    for (int p = from; p < to; p++) {
      out.zigzag(panes.start(p) - before);
      if (windows.layout.maxLevel > 0) {
        out.octet(panes.level(p));
      }
      before = panes.start(p);
      BlockCodec.write(
          windows.layout, panes.words(), panes.at(p), panes.refs(), panes.refAt(p), out);
    }
  }

  /** Reads head and body; the windows resume as of the flush. */
  static void restore(WindowState windows, IdMemory ids, byte[] head, BodyStore store) {
    if (head.length < 2 || head[0] != VERSION) {
      throw new IllegalArgumentException(
          "key state of "
              + head.length
              + " bytes has version "
              + (head.length == 0 ? "none" : head[0])
              + ", this kernel reads "
              + VERSION);
    }
    var in = new ByteSource(head);
    in.octet();
    boolean hasBody = in.octet() != 0;
    long asOf = in.zigzag();
    windows.body.restore(in.zigzag());
    if (hasBody) {
      store.forEach((part, bytes) -> readPart(windows, ids, part, new ByteSource(bytes)));
    }
    if (ids != null) {
      IdCodec.read(ids, in);
    }
    readPending(windows, in);
    readPanes(windows, in);
    windows.resume(asOf);
  }

  private static void readPart(WindowState windows, IdMemory ids, long part, ByteSource in) {
    if (IdCodec.isIdPart(part)) {
      IdCodec.readPart(ids, part, in);
    } else {
      readPanes(windows, in);
      windows.body.wrote(part);
    }
  }

  private static void readPending(WindowState windows, ByteSource in) {
    int size = in.count();
    for (int i = 0; i < size; i++) {
      PendingList pending = windows.pending();
      int entry = pending.entry(in.zigzag(), in.zigzag());
      BlockCodec.read(
          windows.layout,
          pending.words(),
          pending.at(entry),
          pending.refs(),
          pending.refAt(entry),
          in);
    }
  }

  private static void readPanes(WindowState windows, ByteSource in) {
    PaneList panes = windows.panes;
    int size = in.count();
    long start = 0;
    for (int i = 0; i < size; i++) {
      start += in.zigzag();
      int level = windows.layout.maxLevel > 0 ? in.octet() : 0;
      int position = panes.lowerBound(start);
      panes.insert(position, start, level);
      BlockCodec.read(
          windows.layout,
          panes.words(),
          panes.at(position),
          panes.refs(),
          panes.refAt(position),
          in);
    }
  }
}
