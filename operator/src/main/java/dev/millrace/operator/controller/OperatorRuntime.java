package dev.millrace.operator.controller;

import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.controller.event.EventRecorder;
import dev.millrace.operator.telemetry.OperatorMetrics;
import dev.millrace.operator.telemetry.ResourceMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import java.time.Clock;

/**
 * What every controller shares.
 *
 * @param client the API server
 * @param config the operator's settings
 * @param connections what the administrator registered
 * @param clock the time
 * @param metrics counters of the operator
 * @param resourceMetrics figures per resource
 * @param events events on resources
 * @param neighbours which kinds of other operators exist
 * @param retry how long to wait after failures
 */
record OperatorRuntime(
    KubernetesClient client,
    OperatorConfig config,
    ConnectionCatalogue connections,
    Clock clock,
    OperatorMetrics metrics,
    ResourceMetrics resourceMetrics,
    EventRecorder events,
    Neighbours neighbours,
    Retry retry) {}
