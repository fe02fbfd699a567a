package dev.millrace.kernel;

/**
 * All that is kept for one key of one entity: event ids, panes, pending late events and running
 * totals. Not safe for use by several threads.
 *
 * <p>Life of a key: {@link #admit} (judging entity only), {@link #add}, then {@link #advance} at
 * every {@link #nextTouch} that the clock has reached, {@link #read} where advance said so. Events
 * must have {@code visibleFrom > asOf()}.
 */
public final class KeyState {
  public KeyState(EntityLayout layout) {}

  /**
   * Remembers the id of an event.
   *
   * @return false if it was accepted before within the horizon: the event is a Duplicate
   */
  public boolean admit(EventInputs event) {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Adds an accepted event; O(inputs), independent of window lengths, no allocation in steady
   * state.
   */
  public void add(EventInputs event) {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Next grid point at which {@link #advance} must be called: something enters or leaves a window,
   * or ids are to be dropped. {@link Long#MAX_VALUE} if there is none.
   */
  public long nextTouch() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Moves the key's clock to grid point T; grid points may be skipped (a reader of history does).
   *
   * @param t later than {@link #asOf}
   * @return whether some (feature, window) gained or lost a contribution since the last advance, so
   *     that a row is to be fired
   */
  public boolean advance(long t) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Reads all columns as of the last {@link #advance}. */
  public void read(RowValues into) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** T of the last advance; {@link Long#MIN_VALUE} before the first. */
  public long asOf() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Whether nothing is left to remember: the key's state can be deleted. */
  public boolean isEmpty() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Bytes this state occupies in memory, for a cache's budget; an estimate within 20 %. */
  public int weight() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Writes what changed since the last flush into the body and returns the head. A state restored
   * from both continues exactly like this one.
   *
   * @return head bytes; the first is the codec's version
   */
  public byte[] flush(BodyStore body) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Whether a flush has anything to write: events or ids came. Expiry alone does not count. */
  public boolean isDirty() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Takes up a flushed state.
   *
   * @throws IllegalArgumentException if the head's codec version is unknown
   */
  public static KeyState restore(EntityLayout layout, byte[] head, BodyStore body) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Whether a head has body parts, so that {@link #restore} reads the store. */
  public static boolean hasBody(byte[] head) {
    throw new UnsupportedOperationException("skeleton");
  }
}
