package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import dev.millrace.operator.plan.PlanResult.MissingReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks whether a tenant's namespace holds what pods need: service accounts and Secrets. It reads
 * them by name at each look, since nothing watches Secrets; no value leaves this class
 * (reliability.md §3.3).
 */
final class TenantReader {
  private final OperatorRuntime runtime;

  TenantReader(OperatorRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * A Secret that pods mount.
   *
   * @param name its name
   * @param keys keys it must have, not empty
   */
  record Needed(String name, List<String> keys) {}

  /**
   * What was found.
   *
   * @param missing what is not there
   * @param revisions resourceVersion per Secret: pods are replaced when one changes
   */
  record Tenant(List<MissingReference> missing, SortedMap<String, String> revisions) {}

  /** Reads a service account and Secrets of a namespace. */
  Tenant read(String namespace, String serviceAccount, List<Needed> secrets) {
    var missing = new ArrayList<MissingReference>();
    var revisions = new TreeMap<String, String>();
    try {
      if (get(ServiceAccount.class, namespace, serviceAccount) == null) {
        missing.add(notPrepared(namespace, "service account " + serviceAccount));
      }
      for (Needed needed : secrets) {
        Secret secret = get(Secret.class, namespace, needed.name());
        if (secret == null) {
          missing.add(
              new MissingReference(
                  Reason.SECRET_NOT_FOUND,
                  "Secret " + namespace + "/" + needed.name() + " does not exist; create it"));
        } else {
          revisions.put(needed.name(), secret.getMetadata().getResourceVersion());
          needed.keys().forEach(key -> check(secret, key, missing));
        }
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      String right = "right for the operator to read it (" + ApiFailures.message(e) + ")";
      missing.add(notPrepared(namespace, right));
    }
    return new Tenant(missing, revisions);
  }

  private <T extends HasMetadata> T get(Class<T> type, String namespace, String name) {
    return runtime.client().resources(type).inNamespace(namespace).withName(name).get();
  }

  private static MissingReference notPrepared(String namespace, String what) {
    return new MissingReference(
        Reason.TENANT_NOT_PREPARED,
        "namespace \"" + namespace + "\" has no " + what + "; add it to chart value tenants");
  }

  private static void check(Secret secret, String key, List<MissingReference> missing) {
    String name = secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
    String value = secret.getData() == null ? null : secret.getData().get(key);
    if (value == null) {
      missing.add(
          new MissingReference(
              Reason.SECRET_NOT_FOUND,
              "Secret " + name + " has no key \"" + key + "\"; create it"));
      return;
    }
    byte[] bytes = Base64.getDecoder().decode(value);
    if (bytes.length == 0) {
      missing.add(invalid(key, name, "is empty; set it"));
    } else if (!isText(bytes)) {
      missing.add(invalid(key, name, "is not UTF-8; set it anew"));
    }
  }

  private static boolean isText(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false; // which is the answer
    }
  }

  private static MissingReference invalid(String key, String name, String what) {
    return new MissingReference(
        Reason.SECRET_INVALID, "key \"" + key + "\" of Secret " + name + " " + what);
  }
}
