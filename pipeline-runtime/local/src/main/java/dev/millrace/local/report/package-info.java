/** What published and refused runs say, as figures, as text and as a page of its own. */
package dev.millrace.local.report;
