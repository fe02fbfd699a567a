package dev.millrace.local.actor;

import java.nio.file.Path;

/**
 * A finished pod.
 *
 * @param jobName name of its Job
 * @param exitCode of its container
 * @param terminationMessage what it left, at most 4096 bytes, the end kept (neighbours.md §4.3)
 * @param log its log file
 */
public record PodResult(String jobName, int exitCode, String terminationMessage, Path log) {}
