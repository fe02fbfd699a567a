package dev.millrace.bench.pit;

import java.nio.file.Path;

/** The contenders by the names that the command line has for them. */
enum PitContender {
  MILLRACE("millrace") {
    @Override
    Contender open(Path temporary) {
      return new MillraceJoin();
    }
  },
  MILLRACE_EXTRACT("millrace-extract") {
    @Override
    Contender open(Path temporary) {
      return new MillraceExtract();
    }
  },
  SPARK_UNION_LAST("spark-union-last") {
    @Override
    Contender open(Path temporary) {
      return new SparkUnionLast();
    }
  },
  DUCKDB_ASOF("duckdb-asof") {
    @Override
    Contender open(Path temporary) throws Exception {
      return new DuckDbAsOf(temporary);
    }
  },
  DUCKDB_RANGE("duckdb-range") {
    @Override
    Contender open(Path temporary) throws Exception {
      return new DuckDbRange(temporary);
    }
  };

  private final String text;

  PitContender(String text) {
    this.text = text;
  }

  /** Ready to be timed: what it takes to start the engine is not part of the figure. */
  abstract Contender open(Path temporary) throws Exception;

  static PitContender of(String text) {
    for (PitContender each : values()) {
      if (each.text.equals(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no contender is called " + text);
  }

  @Override
  public String toString() {
    return text;
  }
}
