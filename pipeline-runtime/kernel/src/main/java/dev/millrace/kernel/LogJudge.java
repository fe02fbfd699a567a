package dev.millrace.kernel;

/**
 * Judges one partition's log: verdict and {@code _visible_from} are functions of the events before
 * in offset order, so restarts and parallelism cannot change them (semantics.md §2).
 *
 * <p>Progress P is the maximum of min(ts, arrival) of the events so far that were neither
 * undecodable nor from the future. An event's own value may be in P already when its verdict is
 * asked: min(ts, arrival) ≤ ts, so it can make neither itself late nor raise its own {@code
 * _visible_from}.
 */
public final class LogJudge {
  /** Progress of a partition without events. */
  public static final long NO_PROGRESS = Long.MIN_VALUE;

  private final long slideMillis;
  private final long maxOutOfOrdernessMillis;
  private final long allowedLatenessMillis;
  private final long maxFutureSkewMillis;

  private long progress = NO_PROGRESS;
  private long lag;

  public LogJudge(
      long slideMillis,
      long maxOutOfOrdernessMillis,
      long allowedLatenessMillis,
      long maxFutureSkewMillis) {
    this.slideMillis = slideMillis;
    this.maxOutOfOrdernessMillis = maxOutOfOrdernessMillis;
    this.allowedLatenessMillis = allowedLatenessMillis;
    this.maxFutureSkewMillis = maxFutureSkewMillis;
  }

  /** Takes up a partition where a checkpoint left it. */
  public void restore(long progress, long lag) {
    this.progress = progress;
    this.lag = lag;
  }

  /** Judges the next event of the log and moves P. */
  public SourceVerdict judge(long ts, long arrival) {
    if (ts > arrival + maxFutureSkewMillis) {
      return SourceVerdict.FROM_FUTURE;
    }
    long reached = Math.min(ts, arrival);
    if (reached > progress) {
      progress = reached;
      lag = Math.max(0, arrival - ts);
    }
    return ts < progress - maxOutOfOrdernessMillis - allowedLatenessMillis
        ? SourceVerdict.LATE
        : SourceVerdict.ON_LOG;
  }

  /** First grid point after max(ts, P − maxOutOfOrderness), for the event just judged. */
  public long visibleFrom(long ts) {
    return Windows.nextGridPoint(Math.max(ts, progress - maxOutOfOrdernessMillis), slideMillis);
  }

  /** P, or {@link #NO_PROGRESS}. */
  public long progress() {
    return progress;
  }

  /** L of this partition: max(0, arrival − ts) of the event that set P. */
  public long lag() {
    return lag;
  }
}
