package dev.millrace.spark.cleanup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.ResourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFolderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://features/fraud/featurepipelines/card",
        "file:/data/fraud/featurepipelines/card",
        "file:///data/fraud/featurepipelines/card",
      })
  void acceptsTheFolderOfTheResource(String location) {
    assertThatCode(() -> OwnFolder.require(document("fraud", "card", location)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "file:/",
        "s3a://features",
        "s3a://features/",
        "s3a://features/fraud",
        "s3a://features/fraud/featurepipelines",
        "s3a://features/fraud/featurepipelines/card/",
        "s3a://features/fraud/featurepipelines/card-2",
        "s3a://features/fraud/labelwindows/card",
        "s3a://features/other/featurepipelines/card",
        "s3a://features/x/../fraud/featurepipelines/card",
        "s3a://features/../fraud/featurepipelines/card",
        "s3a://features//fraud/featurepipelines/card",
        "s3a://features/%2e%2e/fraud/featurepipelines/card",
        "s3a://features/a?x=/fraud/featurepipelines/card",
        "s3a://features/a#/fraud/featurepipelines/card",
        "s3a:features/fraud/featurepipelines/card",
        "/data/fraud/featurepipelines/card",
        "not a uri/fraud/featurepipelines/card",
      })
  void refusesAnyOther(String location) {
    assertThatThrownBy(() -> OwnFolder.require(document("fraud", "card", location)))
        .isInstanceOf(MillraceFailure.class)
        .hasMessageContaining("nothing is deleted");
  }

  @ParameterizedTest
  @CsvSource({"..,card", "fraud,..", "'',card", "fraud,''", "a/b,card", "fraud,a/b", "fraud,*"})
  void refusesNamesThatNoResourceHas(String namespace, String name) {
    String location = "s3a://features/" + namespace + "/featurepipelines/" + name;

    assertThatThrownBy(() -> OwnFolder.require(document(namespace, name, location)))
        .isInstanceOf(MillraceFailure.class);
  }

  @Test
  void aLabelWindowHasAnotherFolder() {
    var document =
        new CleanUpDocument(
            1,
            ResourceKind.LABEL_WINDOW,
            "fraud",
            "card",
            "uid",
            "s3a://features/fraud/labelwindows/card",
            "",
            0,
            false,
            "");

    assertThatCode(() -> OwnFolder.require(document)).doesNotThrowAnyException();
  }

  private static CleanUpDocument document(String namespace, String name, String location) {
    return new CleanUpDocument(
        1,
        ResourceKind.FEATURE_PIPELINE,
        namespace,
        name,
        "uid",
        location,
        "redis",
        6379,
        true,
        "");
  }
}
