package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentCodecTest {
  private static final PipelineDocument PIPELINE = Documents.pipeline(Documents.definition());

  @Test
  void readsBackWhatItWrote() {
    assertThat(DocumentCodec.readPipeline(DocumentCodec.write(PIPELINE))).isEqualTo(PIPELINE);
    for (LabelMatch match :
        new LabelMatch[] {
          new LabelMatch.ByReference("tx_id", "tx"), new LabelMatch.ByEntity("card")
        }) {
      var extract = Documents.extract(match);
      assertThat(DocumentCodec.readExtract(DocumentCodec.write(extract))).isEqualTo(extract);
    }
    var versions =
        new VersionsFile(
            Map.of(
                1, new VersionsFile.Version("aa", "uid", "topic", Map.of(0, 5L, 11, 7L), 60_000L),
                2, new VersionsFile.Version("bb", "uid", "topic", Map.of(), null)));
    assertThat(DocumentCodec.readVersions(DocumentCodec.write(versions))).isEqualTo(versions);
    var progress =
        new ProgressFile(
            2, 17, Long.MIN_VALUE, Map.of(0, 9L), new Accounting(9, 5, 1, 2, 1, 0, 3, 3));
    assertThat(DocumentCodec.readProgress(DocumentCodec.write(progress))).isEqualTo(progress);
    assertThat(progress.accounting().adds()).isTrue();
  }

  @Test
  void writesLabelMatchesByName() {
    assertThat(DocumentCodec.write(new LabelMatch.ByEntity("card")))
        .contains("\"by\" : \"entity\"");
    assertThat(DocumentCodec.write(new LabelMatch.ByReference("a", "b")))
        .contains("\"by\" : \"reference\"");
  }

  @Test
  void refusesACodecItDoesNotKnow() {
    String json = DocumentCodec.write(PIPELINE);
    assertRefused(
        json.replace("\"codec\" : 1", "\"codec\" : 4"),
        "codec 4 is newer than 1, known to this job; use the job image of the operator's release");
    assertRefused(
        json.replace("\"codec\" : 1", "\"codec\" : 0"),
        "codec 0 is not 1, the one known to this job");
    assertRefused("{}", "codec -1 is not 1, the one known to this job");
    // A newer form is refused by its codec, whatever else in it is unknown.
    assertRefused(
        "{\"codec\": 2, \"shape\": \"new\"}",
        "codec 2 is newer than 1, known to this job; use the job image of the operator's release");
  }

  @Test
  void refusesADefinitionThatIsNotTheOneOfItsHash() {
    String json = DocumentCodec.write(PIPELINE);
    String changed = json.replace("\"slideMillis\" : 30000", "\"slideMillis\" : 60000");
    String hash = PIPELINE.definitionHash();
    assertThatThrownBy(() -> DocumentCodec.readPipeline(changed))
        .isInstanceOf(MillraceFailure.class)
        .hasMessageMatching(
            "MR/DefinitionRefused: definition "
                + hash
                + " hashes to [0-9a-f]{64}; delete its ConfigMap, it is written anew");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"namespace\" : \"fraud\",",
        "\"allowedLatenessMillis\" : 3600000,",
        "\"topicManaged\" : true,",
      })
  void refusesMissingMembers(String member) {
    assertRefused(DocumentCodec.write(PIPELINE).replace(member, ""), "the document cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "1",
        "{\"codec\": 1",
        "{\"codec\": 1} {}",
        "{\"codec\": 1}"
      })
  void refusesWhatIsNoDocument(String json) {
    assertThatThrownBy(() -> DocumentCodec.readPipeline(json))
        .isInstanceOf(MillraceFailure.class)
        .hasMessageStartingWith("MR/DefinitionRefused: ");
  }

  @Test
  void refusesUnknownMembersNullsAndBrokenRules() {
    String json = DocumentCodec.write(PIPELINE);
    assertRefused(json.replace("\"version\" :", "\"extra\" : 1, \"version\" :"), "extra");
    assertRefused(json.replace("\"fraud\"", "null"), "namespace");
    assertRefused(json.replace("\"version\" : 3", "\"version\" : 3, \"version\" : 3"), "version");
    assertRefused(json.replace("\"QUANTILE\"", "3"), "aggregation");
    assertRefused(json.replace("\"QUANTILE\"", "\"MEDIAN\""), "MEDIAN");
    assertRefused(json.replace("\"slideMillis\" : 30000", "\"slideMillis\" : null"), "slideMillis");
    assertRefused(json.replace("\"entities\" : [", "\"entities\" : null, \"x\" : ["), "entities");
    assertRefused(json.replace("\"scale\" : 2", "\"scale\" : 19"), "scale 19");
    assertRefused(json.replace("\"version\" : 3", "\"version\" : 3.5"), "version");
    assertRefused(json.replace("\"version\" : 3", "\"version\" : \"3\""), "version");
  }

  private static void assertRefused(String json, String text) {
    assertThatThrownBy(() -> DocumentCodec.readPipeline(json))
        .isInstanceOf(MillraceFailure.class)
        .hasMessageStartingWith("MR/DefinitionRefused: ")
        .hasMessageContaining(text);
  }
}
