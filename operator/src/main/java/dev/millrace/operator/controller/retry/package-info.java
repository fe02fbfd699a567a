/** How a reconcile that failed is tried again (reliability.md §4.1). */
package dev.millrace.operator.controller.retry;
