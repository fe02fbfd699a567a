package dev.millrace.e2e.security;

import java.io.IOException;

/** A process that has a word in its arguments and as the name of a thread, until its input ends. */
final class PlantedProcess {
  private PlantedProcess() {}

  public static void main(String[] arguments) throws IOException {
    Thread.currentThread().setName(arguments[0]);
    System.in.read();
  }
}
