package dev.millrace.kernel;

/**
 * All that is kept for one key of one entity: event ids, panes, pending late events and running
 * totals. Not safe for use by several threads.
 *
 * <p>Life of a key: {@link #admit} (judging entity only), {@link #add}, then {@link #advance} at
 * every {@link #nextTouch} that the clock has reached, {@link #read} where advance said so. Events
 * must have {@code visibleFrom > asOf()}. DESIGN.md beside this package explains the algorithm.
 */
public final class KeyState {
  private final EntityLayout layout;
  private final WindowState windows;
  private final IdMemory ids;
  private boolean dirty;

  public KeyState(EntityLayout layout) {
    this.layout = layout;
    windows = new WindowState(layout);
    ids = layout.idHorizonMillis > 0 ? new IdMemory(layout.idHorizonMillis) : null;
  }

  /**
   * Remembers the id of an event.
   *
   * @return false if it was accepted before within the horizon: the event is a Duplicate
   */
  public boolean admit(EventInputs event) {
    boolean isNew = ids.admit(event.ts, event.idHigh, event.idLow);
    dirty |= isNew;
    return isNew;
  }

  /**
   * Adds an accepted event; O(inputs), independent of window lengths, no allocation in steady
   * state.
   *
   * @throws IllegalArgumentException if a grid point at or after {@code visibleFrom} has been
   *     advanced to: the caller must raise it first
   */
  public void add(EventInputs event) {
    if (event.visibleFrom <= asOf()) {
      throw new IllegalArgumentException(
          "event is visible from " + event.visibleFrom + ", but the key stands at " + asOf());
    }
    for (int i = 0; i < layout.inputs.length; i++) {
      if (event.present[i]) {
        windows.add(event);
        dirty = true;
        return;
      }
    }
  }

  /**
   * Next grid point at which {@link #advance} must be called: something enters or leaves a window,
   * or ids are the last thing left and can be dropped. {@link Long#MAX_VALUE} if there is none.
   */
  public long nextTouch() {
    long next = windows.next();
    if (next != Long.MAX_VALUE) {
      return next * layout.slideMillis;
    }
    if (ids == null || ids.size() == 0) {
      return Long.MAX_VALUE;
    }
    // Rounded up to the grid, and never at a grid point that has passed.
    long drop = Windows.nextGridPoint(ids.nextDrop() - 1, layout.slideMillis);
    return Math.max(drop, windows.asOf() == WindowState.NEVER ? drop : asOf() + layout.slideMillis);
  }

  /**
   * Moves the key's clock to grid point T; grid points may be skipped (a reader of history does).
   *
   * @param t later than {@link #asOf}
   * @return whether some (feature, window) gained or lost a contribution since the last advance, so
   *     that a row is to be fired
   */
  public boolean advance(long t) {
    if (Math.floorMod(t, layout.slideMillis) != 0 || t <= asOf()) {
      throw new IllegalArgumentException(
          t + " is not a grid point after " + asOf() + " at slide " + layout.slideMillis);
    }
    boolean moved = windows.advance(Math.floorDiv(t, layout.slideMillis));
    if (ids != null) {
      ids.drop(t);
    }
    return moved;
  }

  /** Reads all columns as of the last {@link #advance}. */
  public void read(RowValues into) {
    into.reader.read(windows, into);
  }

  /** T of the last advance; {@link Long#MIN_VALUE} before the first. */
  public long asOf() {
    return windows.asOf() == WindowState.NEVER
        ? Long.MIN_VALUE
        : windows.asOf() * layout.slideMillis;
  }

  /** Whether nothing is left to remember: the key's state can be deleted. */
  public boolean isEmpty() {
    return windows.isEmpty() && (ids == null || ids.size() == 0);
  }

  /** Bytes this state occupies in memory, for a cache's budget; an estimate. */
  public int weight() {
    return 32 + windows.weight() + (ids == null ? 0 : ids.weight());
  }

  /**
   * Writes what changed since the last flush into the body and returns the head. A state restored
   * from both continues exactly like this one.
   *
   * @return head bytes; the first is the codec's version
   */
  public byte[] flush(BodyStore body) {
    dirty = false;
    return KeyStateCodec.flush(windows, ids, body);
  }

  /** Whether a flush has anything to write: events or ids came. Expiry alone does not count. */
  public boolean isDirty() {
    return dirty;
  }

  /**
   * Takes up a flushed state.
   *
   * @throws IllegalArgumentException if the head's codec version is unknown
   */
  public static KeyState restore(EntityLayout layout, byte[] head, BodyStore body) {
    var state = new KeyState(layout);
    KeyStateCodec.restore(state.windows, state.ids, head, body);
    return state;
  }

  /** Whether a head has body parts, so that {@link #restore} reads the store. */
  public static boolean hasBody(byte[] head) {
    return KeyStateCodec.hasBody(head);
  }
}
