package dev.millrace.local.process;

import dev.millrace.local.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on 127.0.0.1: a free one, or the one asked for when nobody has it. */
public final class FreePort {
  private FreePort() {}

  /**
   * A port to listen on.
   *
   * @param wanted port, or 0 for any free one
   * @param option command line option that names it, for the message
   */
  public static int of(int wanted, String option) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LocalFailure(
          "port " + wanted + " is in use; stop its owner or choose another with " + option, e);
    }
  }
}
