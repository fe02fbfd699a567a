/**
 * Reads what children, jobs and runs say without being fooled (neighbours.md): untyped objects and
 * bounded bytes in, immutable records out. Pure: the time is an argument.
 */
package dev.millrace.operator.observe;
