package dev.millrace.local;

import dev.millrace.local.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Hands the terminal to commands that take one. */
final class CommandFactory implements IFactory {
  private final Terminal terminal;
  private final IFactory plain = CommandLine.defaultFactory();

  CommandFactory(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (var constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 1
          && constructor.getParameterTypes()[0] == Terminal.class) {
        return type.cast(constructor.newInstance(terminal));
      }
    }
    return plain.create(type);
  }
}
