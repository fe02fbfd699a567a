package dev.millrace.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a running job stands (architecture.md §2): the value of its one Flink accumulator {@link
 * #ACCUMULATOR}, read over REST {@code /jobs/<id>/accumulators}. The clock's writer and the
 * accounting's writer each know a part; Flink merges the parts with {@link #merge}, so a reader
 * sees one JSON object. Every figure is absolute and restored from the checkpoint a job starts
 * from: nothing is added up over restarts. All times are grid points in epoch milliseconds.
 *
 * <p>Members are null, and absent from the JSON, until they are known.
 *
 * @param codec form of this record; another one is not read
 * @param version the version that reports
 * @param servedVersion the version in {@code :clock}: the one readers use
 * @param clock newest T up to which every row of this version is acknowledged by the online store
 * @param startClock the first T that this version ever acknowledged
 * @param servedClock the T in {@code :clock}; a replay has done {@code (clock - startClock) /
 *     (servedClock - startClock)} of its way
 * @param durable whether the online store confirms that a checkpoint's rows are on its disk
 *     (reliability.md §3.6); false where the server cannot
 * @param checkpointId Flink's number of the last completed checkpoint
 * @param accounting counts as of that checkpoint
 * @param sourceIdle whether every partition was silent and consumed at that checkpoint
 * @param nulls as of that checkpoint, events on time without a value, by nullable field of the
 *     schema; of all versions of a job's restarts together, like the accounting
 * @param servingDelay how long after T rows were acknowledged, once it is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobReport(
    int codec,
    int version,
    Integer servedVersion,
    Long clock,
    Long startClock,
    Long servedClock,
    Boolean durable,
    Long checkpointId,
    Accounting accounting,
    Boolean sourceIdle,
    Map<String, Long> nulls,
    ServingDelay servingDelay) {
  /**
   * Delays between T and the acknowledgement of its rows, catching up left out (semantics.md §7).
   *
   * @param p50Millis median
   * @param p95Millis 95th percentile
   * @param p99Millis 99th percentile
   */
  public record ServingDelay(long p50Millis, long p95Millis, long p99Millis) {
    boolean isOrdered() {
      return 0 <= p50Millis && p50Millis <= p95Millis && p95Millis <= p99Millis;
    }
  }

  /** Name of the accumulator. */
  public static final String ACCUMULATOR = "millrace.report";

  /** The form this release reads and writes. */
  public static final int CODEC = 1;

  /** Longest text that is looked at, in characters; our own stay below 1 KB. */
  public static final int TEXT_LIMIT = 64 * 1024;

  private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private static final long LATEST_MILLIS = 253_402_300_799_999L;

  private static final ObjectReader READER =
      DocumentCodec.MAPPER
          .readerFor(JobReport.class)
          .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
  private static final ObjectWriter WRITER =
      DocumentCodec.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

  public JobReport {
    require(codec == CODEC, "codec");
    require(version > 0, "version");
    require(servedVersion == null || servedVersion > 0, "servedVersion");
    require(isInstant(clock), "clock");
    require(isInstant(startClock), "startClock");
    require(isInstant(servedClock), "servedClock");
    require(checkpointId == null || checkpointId >= 0, "checkpointId");
    require(accounting == null || accounting.isCounts(), "accounting");
    require(nulls == null || isCounts(nulls), "nulls");
    require(servingDelay == null || servingDelay.isOrdered(), "servingDelay");
    nulls = nulls == null ? null : new TreeMap<>(nulls);
  }

  /** A report that knows its version only. */
  public static JobReport of(int version) {
    return new JobReport(
        CODEC, version, null, null, null, null, null, null, null, null, null, null);
  }

  /**
   * The part of the clock's writer.
   *
   * @param servedVersion 0 if {@code :clock} is not written yet
   */
  public JobReport withClock(long clock, long startClock, int servedVersion, long servedClock) {
    boolean served = servedVersion > 0;
    return with(
        new JobReport(
            codec,
            version,
            served ? Integer.valueOf(servedVersion) : null,
            clock,
            startClock,
            served ? Long.valueOf(servedClock) : null,
            null,
            null,
            null,
            null,
            null,
            servingDelay),
        this,
        durable);
  }

  /** The part of the accounting's writer, as of a completed checkpoint. */
  public JobReport withCheckpoint(long checkpointId, Accounting accounting, boolean sourceIdle) {
    return with(this, counted(checkpointId, accounting, sourceIdle, nulls), durable);
  }

  /** The same report with the nulls of its checkpoint. */
  public JobReport withNulls(Map<String, Long> nulls) {
    return with(this, counted(checkpointId, accounting, sourceIdle, nulls), durable);
  }

  private JobReport counted(
      Long checkpointId, Accounting accounting, Boolean sourceIdle, Map<String, Long> nulls) {
    return new JobReport(
        codec,
        version,
        null,
        null,
        null,
        null,
        null,
        checkpointId,
        accounting,
        sourceIdle,
        nulls,
        null);
  }

  /** The same report with the delays that the clock's writer has measured. */
  public JobReport withServingDelay(ServingDelay servingDelay) {
    return with(
        new JobReport(
            codec,
            version,
            servedVersion,
            clock,
            startClock,
            servedClock,
            null,
            null,
            null,
            null,
            null,
            servingDelay),
        this,
        durable);
  }

  /** The same report with what is known about the online store's durability. */
  public JobReport withDurable(boolean durable) {
    return with(this, this, durable);
  }

  /**
   * Puts two parts together; where both know a part, the newer one counts. Durable is a store only
   * if nobody says that it is not.
   */
  public JobReport merge(JobReport other) {
    return with(
        newer(clock, other.clock) ? this : other,
        newer(checkpointId, other.checkpointId) ? this : other,
        both(durable, other.durable));
  }

  private JobReport with(JobReport clocks, JobReport counts, Boolean durable) {
    return new JobReport(
        codec,
        version,
        clocks.servedVersion,
        clocks.clock,
        clocks.startClock,
        clocks.servedClock,
        durable,
        counts.checkpointId,
        counts.accounting,
        counts.sourceIdle,
        counts.nulls,
        clocks.servingDelay);
  }

  /** The report among a job's accumulators, given as name and value. */
  public static Optional<JobReport> of(Map<String, String> accumulators) {
    return parse(accumulators.get(ACCUMULATOR));
  }

  /**
   * Reads a report. A job's answer is a tenant's word: text that is too long, is not this form, or
   * holds a figure out of range is no report. Never throws.
   */
  public static Optional<JobReport> parse(String json) {
    if (json == null || json.length() > TEXT_LIMIT) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(READER.readValue(json));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // The caller counts what it cannot read; the text is not ours.
    }
  }

  /** One line of JSON. */
  public String json() {
    try {
      return WRITER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this package always have a JSON form", e);
    }
  }

  private static boolean newer(Long mine, Long other) {
    return other == null || mine != null && mine >= other;
  }

  private static Boolean both(Boolean mine, Boolean other) {
    return mine == null ? other : Boolean.valueOf(mine && (other == null || other));
  }

  /** Names become values of a metric's label: only what a schema field may be called. */
  private static boolean isCounts(Map<String, Long> nulls) {
    return nulls.entrySet().stream()
        .allMatch(
            each ->
                FIELD.matcher(each.getKey()).matches()
                    && each.getValue() != null
                    && each.getValue() >= 0);
  }

  private static boolean isInstant(Long millis) {
    return millis == null || millis >= -LATEST_MILLIS && millis <= LATEST_MILLIS;
  }

  private static void require(boolean holds, String member) {
    if (!holds) {
      throw new IllegalArgumentException(member + " is out of range");
    }
  }
}
