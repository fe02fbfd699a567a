/**
 * {@code millrace up} with a real API server: the operator reconciles a folder's resources on a
 * control plane of this machine, actors stand in for the neighbours (architecture.md §5).
 */
package dev.millrace.local.cluster;
