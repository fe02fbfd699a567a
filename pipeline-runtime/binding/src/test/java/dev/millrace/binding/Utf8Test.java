package dev.millrace.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** UTF-8 against the JDK's; jqwik reports the seed. */
class Utf8Test {
  @Property(tries = 5000)
  void acceptsExactlyWellFormedUtf8WithoutNul(@ForAll("sequences") byte[] bytes) {
    assertThat(Utf8.isText(bytes)).isEqualTo(decodes(bytes));
  }

  @Property(tries = 1000)
  void encodesAndOrdersTextsLikeJavaStrings(@ForAll("texts") String a, @ForAll("texts") String b) {
    byte[] first = encode(a);
    byte[] second = encode(b);
    assertThat(first == null).isEqualTo(!UTF_8.newEncoder().canEncode(a));
    if (first != null && second != null) {
      assertThat(first).isEqualTo(a.getBytes(UTF_8));
      assertThat(Integer.signum(Utf8.compare(first, 0, first.length, second, 0, second.length)))
          .isEqualTo(Integer.signum(a.compareTo(b)));
    }
  }

  private static byte[] encode(String text) {
    var into = new byte[3 * text.length() + 1];
    int end = Utf8.encode(text.toCharArray(), 0, text.length(), into, 1);
    return end < 0 ? null : java.util.Arrays.copyOfRange(into, 1, end);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().indexOf(0) < 0;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Bytes around every boundary of table 3-7 of the Unicode standard. */
  @Provide
  Arbitrary<byte[]> sequences() {
    return Arbitraries.of(
            0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
            0xe1, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff)
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars('a', 'é', '\ud83d', '\ude00', '\uffee', '\ue000', '\u0800', '\ud7ff')
        .ofMaxLength(6);
  }
}
