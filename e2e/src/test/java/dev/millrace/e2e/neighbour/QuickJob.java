package dev.millrace.e2e.neighbour;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The job of one FlinkDeployment, as its operator knows it.
 *
 * @param spec what it was started with
 * @param id Flink's job id
 * @param version the pipeline's version
 * @param owner UID of the pipeline
 * @param startedMillis when it started
 */
record QuickJob(JsonNode spec, String id, int version, String owner, long startedMillis) {}
