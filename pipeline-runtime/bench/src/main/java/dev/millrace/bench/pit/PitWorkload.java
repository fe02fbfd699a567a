package dev.millrace.bench.pit;

import dev.millrace.contract.OfflineLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Size and place of the generated data.
 *
 * <p>A card has one event in each slot of six hours. {@code IRREGULAR}: anywhere in it, so that
 * each event's way out of each of the five windows is a T of its own and the feature log has almost
 * six rows per event, as with real traffic. {@code PACED}: always at the card's own minute of it;
 * every window is a multiple of six hours, so an event enters at the very T at which others leave,
 * and the log has one row per event, the least that is possible: the best case for whoever joins
 * the feature log.
 *
 * @param folder where everything lies
 * @param pace how events of a card follow each other
 * @param events number of events
 * @param keys number of cards; events / keys of them per card
 * @param seed of instants and amounts
 */
record PitWorkload(Path folder, Pace pace, long events, long keys, long seed) {
  static final long SLOT = Duration.ofHours(6).toMillis();
  static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  static final int VERSION = 1;

  /** One event in so many is an anchor. */
  static final int EVENTS_PER_ANCHOR = 10;

  /** How many arguments {@link #of} reads. */
  static final int ARGUMENTS = 5;

  /** See {@link PitWorkload}. */
  enum Pace {
    IRREGULAR,
    PACED
  }

  /** Reads the first arguments of a main. */
  static PitWorkload of(List<String> arguments) {
    return new PitWorkload(
        Path.of(arguments.get(0)),
        Pace.valueOf(arguments.get(1).toUpperCase(Locale.ROOT)),
        Long.parseLong(arguments.get(2)),
        Long.parseLong(arguments.get(3)),
        Long.parseLong(arguments.get(4)));
  }

  /** The pipeline's folder: archive and feature log as its job writes them. */
  Path pipeline() {
    return folder.resolve("pipeline");
  }

  /** Folder of the feature log's days. */
  Path featureLog() {
    return pipeline().resolve(OfflineLayout.features(VERSION, PitDefinition.ENTITY));
  }

  /** Folder of the archived events' days. */
  Path archive() {
    return pipeline().resolve(OfflineLayout.events(VERSION));
  }

  /** Anchors as rows of id, key, t0 and T, for contenders that read no archive. */
  Path anchors() {
    return folder.resolve("anchors");
  }

  /** Label events, a JSON object per line. */
  Path labels() {
    return folder.resolve("labels");
  }

  /** Instant behind the last event. */
  long end() {
    return START + (events / keys) * SLOT;
  }

  /** Instant of a run at which every anchor is mature. */
  Instant asOf() {
    return Instant.ofEpochMilli(end()).plus(PitDefinition.MATURE_AFTER).plus(Duration.ofDays(1));
  }

  /** Folder of a contender's rows. */
  Path result(String contender) {
    return folder.resolve("result-" + contender);
  }
}
