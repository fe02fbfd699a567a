/**
 * Specs as users wrote them, uniform for the three places where a source occurs. The beans bring
 * the defaults of the CRDs along. Texts stay texts: the planner checks and converts them.
 */
package dev.millrace.operator.plan.spec;
