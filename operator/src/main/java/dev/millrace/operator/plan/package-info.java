/**
 * From a spec to a plan: pure. Beans stop here; after the planner everything is an immutable
 * record. The clock, ids and configuration are arguments.
 */
package dev.millrace.operator.plan;
