/** Charts as SVG and the page around them: the same bytes for the same figures. */
package dev.millrace.local.chart;
