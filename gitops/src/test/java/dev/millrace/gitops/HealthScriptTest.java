package dev.millrace.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaError;

/** The virtual machine gives scripts what Argo CD gives them, and no more. */
class HealthScriptTest {
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "string",
        "math",
        "io",
        "debug",
        "coroutine",
        "bit32",
        "luajava",
        "dofile",
        "loadfile",
        "os.execute",
        "os.getenv",
        "os.remove",
        "os.exit",
        "package.loaded.debug"
      })
  void hasNo(String name) {
    assertThat(evaluate("tostring(" + name + ")")).isEqualTo("nil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"table.concat", "os.time", "os.date", "ipairs", "pcall", "require"})
  void has(String name) {
    assertThat(evaluate("type(" + name + ")")).isEqualTo("function");
  }

  @Test
  void handsOutTheCutDownOsLibraryByRequire() {
    assertThat(evaluate("tostring(require('os').execute)")).isEqualTo("nil");
    assertThat(evaluate("type(require('os').time())")).isEqualTo("number");
  }

  @Test
  void givesStringsNoMethods() {
    assertThatThrownBy(() -> evaluate("('abc'):upper()")).isInstanceOf(LuaError.class);
  }

  @Test
  void endsAScriptThatRunsTooLong() {
    assertThatThrownBy(() -> new HealthScript("while true do end").run(NOTHING))
        .isInstanceOf(LuaError.class)
        .hasMessageContaining("ran longer than PT1S");
  }

  @Test
  void turnsAWordThatArgoDoesNotKnowIntoUnknown() {
    assertThat(new HealthScript("return { status = 'Fine' }").run(NOTHING))
        .isEqualTo(new Health(HealthStatus.UNKNOWN, "Lua returned an invalid health status"));
  }

  @Test
  void refusesAScriptThatReturnsNoTable() {
    assertThatThrownBy(() -> new HealthScript("return 'Healthy'").run(NOTHING))
        .hasMessage("expect table output from Lua script, not string");
  }

  @Test
  void showsArraysFromOneAndLeavesOutNulls() throws IOException {
    var object = new ObjectMapper().readTree("{\"a\": [true, 7, \"x\"], \"b\": null}");
    var script =
        "return { status = 'Healthy', message = tostring(obj.a[1]) .. obj.a[2] .. obj.a[3] .."
            + " #obj.a .. tostring(obj.b) }";

    assertThat(new HealthScript(script).run(object).message()).isEqualTo("true7x3nil");
  }

  private static String evaluate(String expression) {
    return new HealthScript("return { status = 'Healthy', message = " + expression + " }")
        .run(NOTHING)
        .message();
  }
}
