/** Rows computed again from the archive, beside what was logged and what is online. */
package dev.millrace.local.verify;
