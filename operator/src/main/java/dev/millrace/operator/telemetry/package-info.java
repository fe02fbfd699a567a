/** Metrics, logs and the HTTP endpoint of the operator's process (experience.md §6). */
package dev.millrace.operator.telemetry;
