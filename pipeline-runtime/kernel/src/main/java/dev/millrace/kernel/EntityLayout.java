package dev.millrace.kernel;

import java.util.List;

/** Skeleton; replaced within the hour. */
public final class EntityLayout {
  private final int inputs;

  /**
   * @param slideMillis grid of all columns
   * @param idHorizonMillis how long event ids are remembered; 0 for an entity that does not judge
   * @param inputs type of each input
   * @param columns the columns in the order of rows
   */
  public EntityLayout(
      long slideMillis, long idHorizonMillis, List<InputType> inputs, List<WindowColumn> columns) {
    this.inputs = inputs.size();
  }

  /** Number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** Number of columns. */
  public int columns() {
    throw new UnsupportedOperationException("skeleton");
  }

  public long slideMillis() {
    throw new UnsupportedOperationException("skeleton");
  }
}
