package dev.millrace.local.controlplane;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the three programs (stack.md). No secret is in one: they are in files. */
final class Commands {
  /**
   * What a pipeline's children need, and what keeps namespaces, claims, quotas and roles honest.
   * Without the claim protection controller no PersistentVolumeClaim could ever be deleted.
   */
  private static final List<String> CONTROLLERS =
      List.of(
          "garbage-collector-controller",
          "namespace-controller",
          "serviceaccount-controller",
          "root-ca-certificate-publisher-controller",
          "clusterrole-aggregation-controller",
          "resourcequota-controller",
          "cronjob-controller",
          "job-controller",
          "ttl-after-finished-controller",
          "deployment-controller",
          "replicaset-controller",
          "statefulset-controller",
          "endpointslice-controller",
          "disruption-controller",
          "persistentvolumeclaim-protection-controller");

  private Commands() {}

  static List<String> etcd(ControlPlaneBinaries binaries, Path data, int port, int peerPort) {
    String client = "http://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + peerPort;
    return List.of(
        binaries.etcd().toString(),
        "--data-dir=" + data,
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--log-level=warn",
        "--unsafe-no-fsync");
  }

  static List<String> apiServer(
      ControlPlaneOptions options, ControlPlaneFiles files, int port, int etcdPort) {
    var words = new ArrayList<String>();
    words.add(options.binaries().apiServer().toString());
    words.addAll(
        List.of(
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--secure-port=" + port,
            "--cert-dir=" + files.certificates(),
            "--token-auth-file=" + files.tokenFile(),
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
            "--service-account-key-file=" + files.verifyingKey(),
            "--service-account-signing-key-file=" + files.signingKey(),
            "--enable-priority-and-fairness=false",
            "--profiling=false"));
    if (options.auditing()) {
      words.add("--audit-policy-file=" + files.auditPolicy());
      words.add("--audit-log-path=" + files.auditLog());
      // Megabytes; a reader's position would be lost when the file is rotated.
      words.add("--audit-log-maxsize=100000");
    }
    return words;
  }

  static List<String> controllerManager(
      ControlPlaneOptions options, ControlPlaneFiles files, Path kubeconfig) {
    return List.of(
        options.binaries().controllerManager().toString(),
        "--kubeconfig=" + kubeconfig,
        "--controllers=" + String.join(",", CONTROLLERS),
        "--root-ca-file=" + files.certificateAuthority(),
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=200",
        "--kube-api-burst=400",
        "--profiling=false");
  }
}
