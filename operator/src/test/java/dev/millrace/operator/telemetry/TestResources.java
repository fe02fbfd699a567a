package dev.millrace.operator.telemetry;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Map;

/** Resources as an API server returns them. */
final class TestResources {
  private TestResources() {}

  static FeaturePipeline pipeline(String name) {
    return Serialization.unmarshal(
        """
        apiVersion: millrace.dev/v1alpha1
        kind: FeaturePipeline
        metadata: {name: NAME, namespace: fraud, generation: 7}
        spec:
          freshness: {target: 90s}
          stream: {checkpointInterval: 1m}
          source: {watermark: {idleTimeout: 1m}}
        status:
          observedGeneration: 7
          conditions:
          - {type: Ready, status: 'False', reason: Replaying, message: ''}
          - {type: SpecValid, status: 'True', reason: Accepted, message: ''}
          - {type: Fresh, status: Unknown, reason: Undecided, message: ''}
          - {type: DefinitionInSync, status: 'False', reason: Replaying, message: ''}
          definition: {hash: 3f9c2a71, version: 4, servedVersion: 3}
          jobs:
          - {version: 3, name: NAME-v3}
          - {version: 4, name: NAME-v4, replayed: 60}
          plan: {class: NewVersion, hash: 8d20b6e4}
        """
            .replace("NAME", name),
        FeaturePipeline.class);
  }

  static LabelWindow labelWindow(String lastAsOf, String outcome, String nextRun) {
    return Serialization.unmarshal(
        """
        apiVersion: millrace.dev/v1alpha1
        kind: LabelWindow
        metadata: {name: chargeback-45d, namespace: fraud, generation: 1}
        spec: {attributionWindow: 45d, gap: 0s, labelDelay: 3d}
        status:
          conditions:
          - {type: LabelsFlowing, status: 'True', reason: Flowing, message: ''}
          labels: {pending: 18342, mature: 611, finalised: 1204332, positives: 2210, corrected: 27,
            oldestPending: '2026-10-05', labelWatermark: '2026-11-22T10:20:00Z', delayP99: 52d}
          lastRun:
            asOf: 'ASOF'
            outcome: OUTCOME
            rows: 48210
            durationSeconds: 212
            consistency: {rows: 2000, mismatches: 3}
            gate:
            - {column: amount, check: NullRate, value: '9.1', limit: '5', passed: false}
            - {column: amount, check: Drift, value: '2', limit: '20', passed: true}
          nextRun: 'NEXT'
        """
            .replace("ASOF", lastAsOf)
            .replace("OUTCOME", outcome)
            .replace("NEXT", nextRun),
        LabelWindow.class);
  }

  static JobReport report(int version, long in, Instant clock) {
    return JobReport.of(version)
        .withClock(clock.toEpochMilli(), 0, version, clock.toEpochMilli())
        .withCheckpoint(7, new Accounting(in, in - 6, 3, 2, 1, 5, 2 * in, 2 * in - 4), false)
        .withNulls(Map.of("amount", 4L))
        .withServingDelay(new JobReport.ServingDelay(2_000, 2_300, 4_500));
  }
}
