/** Kubernetes Events on our resources: which there are, and how few writes they take. */
package dev.millrace.operator.controller.event;
