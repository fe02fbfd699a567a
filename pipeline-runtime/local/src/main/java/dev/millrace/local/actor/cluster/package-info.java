/**
 * The operators and the kubelet next door, played on a real API server (architecture.md §4): each
 * reads objects from the server alone and writes the status fields that the real one writes, in the
 * same order (neighbours.md). They are doubles of other people's software; nothing of ours is.
 */
package dev.millrace.local.actor.cluster;
