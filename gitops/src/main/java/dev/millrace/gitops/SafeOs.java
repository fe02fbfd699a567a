package dev.millrace.gitops;

import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JseOsLib;

/** The {@code os} library cut down to what Argo CD leaves of it: time and date. */
final class SafeOs extends JseOsLib {
  private static final String[] ALLOWED = {"time", "date"};

  @Override
  public LuaValue call(LuaValue name, LuaValue environment) {
    super.call(name, environment);
    var full = environment.get("os");
    var safe = new LuaTable();
    for (var function : ALLOWED) {
      safe.set(function, full.get(function));
    }
    environment.set("os", safe);
    environment.get("package").get("loaded").set("os", safe);
    return safe;
  }
}
