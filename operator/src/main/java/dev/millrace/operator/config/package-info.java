/** What an administrator configures: connections, images, limits. Text in, records out. */
package dev.millrace.operator.config;
