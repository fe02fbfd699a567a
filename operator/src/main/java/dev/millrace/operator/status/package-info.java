/**
 * Says truthfully what is going on (api.md §3): what was planned, applied and observed in, the
 * whole status out. Pure: the time is an argument.
 */
package dev.millrace.operator.status;
