/** From a plan to Kubernetes objects: pure, typed, in the order in which they are applied. */
package dev.millrace.operator.desired;
