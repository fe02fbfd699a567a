/**
 * A real Kubernetes control plane as child processes: kube-apiserver, kube-controller-manager and
 * etcd. No scheduler and no kubelet (architecture.md §4).
 */
package dev.millrace.local.controlplane;
