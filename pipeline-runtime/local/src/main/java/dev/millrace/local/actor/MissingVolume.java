package dev.millrace.local.actor;

/** A volume's ConfigMap or Secret does not exist: the pod waits until it does, as on a kubelet. */
public final class MissingVolume extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public MissingVolume(String message) {
    super(message);
  }
}
