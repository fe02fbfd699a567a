package dev.millrace.gitops;

import java.time.Duration;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.DebugLib;

/** Ends a script that runs too long; luaj calls it before every instruction. */
final class RunLimit extends DebugLib {
  private final Duration limit;
  private final long startNanos = System.nanoTime();

  RunLimit(Duration limit) {
    this.limit = limit;
  }

  @Override
  public LuaValue call(LuaValue name, LuaValue environment) {
    var library = super.call(name, environment);
    // The hook is for us; Argo CD gives its scripts no debug library.
    environment.set("debug", NIL);
    environment.get("package").get("loaded").set("debug", NIL);
    return library;
  }

  @Override
  public void onInstruction(int programCounter, Varargs values, int top) {
    if (System.nanoTime() - startNanos > limit.toNanos()) {
      throw new LuaError("context deadline exceeded: the script ran longer than " + limit);
    }
    super.onInstruction(programCounter, values, top);
  }
}
