package dev.millrace.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;

/**
 * One health check, run with what Argo CD gives to scripts from {@code argocd-cm} and no more: the
 * base, table and package libraries, {@code os.time} and {@code os.date}, and one second. There is
 * no {@code string}, {@code math}, {@code io}, {@code debug} or {@code coroutine}, and no loading
 * of files. (Argo CD's {@code util/lua}: {@code UseOpenLibs} is off for a configured script.)
 */
public final class HealthScript {
  /** How long a script may run in Argo CD. */
  public static final Duration LIMIT = Duration.ofSeconds(1);

  private static final String INVALID = "Lua returned an invalid health status";
  private static final String[] FILE_LOADERS = {"dofile", "loadfile"};

  private final String source;

  public HealthScript(String source) {
    this.source = source;
  }

  /**
   * Health of an object; a word that Argo CD does not know is {@code Unknown}, as there.
   *
   * @throws org.luaj.vm2.LuaError if the script fails or runs too long; Argo CD shows Unknown then
   * @throws IllegalStateException if it returns something else than a table
   */
  public Health run(JsonNode object) {
    var globals = libraries();
    globals.set("obj", LuaTree.of(object));
    var result = globals.load(source, "health.lua").call();
    if (!(result instanceof LuaTable table)) {
      throw new IllegalStateException(
          "expect table output from Lua script, not " + result.typename());
    }
    return HealthStatus.of(text(table.get("status")))
        .map(status -> new Health(status, text(table.get("message"))))
        .orElse(new Health(HealthStatus.UNKNOWN, INVALID));
  }

  private static Globals libraries() {
    var globals = new Globals();
    globals.load(new JseBaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    globals.load(new SafeOs());
    globals.load(new RunLimit(LIMIT));
    for (var loader : FILE_LOADERS) {
      globals.set(loader, LuaValue.NIL);
    }
    LoadState.install(globals);
    LuaC.install(globals);
    return globals;
  }

  private static String text(LuaValue value) {
    return value.isnil() ? "" : value.tojstring();
  }
}
