package dev.millrace.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.binding.ExpressionCheck.Result;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Violation.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of reliability.md §6, rows 56–62. */
class ExpressionCheckTest {
  private static final Map<String, ColumnType> VARIABLES = new LinkedHashMap<>();

  static {
    VARIABLES.put("amount", ColumnType.decimal(2));
    VARIABLES.put("score", ColumnType.DOUBLE);
    VARIABLES.put("items", ColumnType.LONG);
    VARIABLES.put("currency", ColumnType.STRING);
    VARIABLES.put("online", ColumnType.BOOLEAN);
    VARIABLES.put("ts", ColumnType.TIMESTAMP);
    VARIABLES.put("type", ColumnType.STRING);
    VARIABLES.put("function", ColumnType.LONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          amount                                  | Decimal(2)
          amount + 1.0                            | Double
          (amount)                                | Double
          items * 2                               | Long
          currency == 'EUR' && amount > 0.0       | Boolean
          currency in ['EUR', 'USD']              | Boolean
          online ? 'a' : currency                 | String
          ts                                      | Timestamp
          ts + duration('1h')                     | Timestamp
          size(currency)                          | Long
          {'EUR': 1.0, 'USD': 0.9}[currency]      | Double
          type == 'x' && function > 1             | Boolean
          function                                | Long
          items > 0 ? double(items) * 288.0 / double(items) : 0.0 | Double
          """)
  void typesExpressions(String expression, String type) {
    assertThat(ExpressionCheck.check(expression, VARIABLES))
        .isInstanceOfSatisfying(
            Result.Typed.class, typed -> assertThat(typed.type()).hasToString(type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          amount >       | INVALID   | syntax error at column 9, expected an expression; complete "amount >"
          (amount        | INVALID   | syntax error at column 8, expected ")"; complete "(amount"
          items = 3      | INVALID   | syntax error at column 7, unexpected "="; write == to compare
          items items    | INVALID   | syntax error at column 7, unexpected "items"; correct "items items"
          ``             | INVALID   | syntax error at column 1, expected an expression; complete ""
          score > 0      | INVALID   | cannot compare Double with Long at column 7; write 0.0
          amount > 100   | INVALID   | cannot compare Decimal with Long at column 8; write 100.0
          -5 < score     | INVALID   | cannot compare Long with Double at column 4; write -5.0
          score > items  | INVALID   | cannot compare Double with Long at column 7; write double(items)
          amount * 2     | INVALID   | cannot apply * to Decimal and Long at column 8; write 2.0
          currency in [1] | INVALID  | cannot apply in to String and list(int) at column 10; convert one of them
          currency == 'x | INVALID   | syntax error at column 13, the string has no end or an unknown escape; correct "currency == 'x"
          currency > 1   | INVALID   | cannot compare String with Long at column 10; convert one of them
          !items         | INVALID   | cannot apply ! to Long at column 1; convert it
          currency.contains(1) | INVALID | cannot apply "contains" to String, Long at column 18; convert it
          getClass()     | FORBIDDEN | function "getClass" is not available; the reference lists those that are
          currency.getClass() | FORBIDDEN | function "getClass" is not available; the reference lists those that are
          dyn(items) > 1.0 | FORBIDDEN | function "dyn" is not available; the reference lists those that are
          [1].exists(x, x == items) | FORBIDDEN | function "exists" is not available; the reference lists those that are
          amnt > 1.0     | NOT_FOUND | "amnt" is not a known name; did you mean "amount"?
          amnt           | NOT_FOUND | "amnt" is not a known name; did you mean "amount"?
          qqqqqqqq > 1.0 | NOT_FOUND | "qqqqqqqq" is not a known name; use one of: amount, score, items, currency, online, ts, type, function
          amount.value   | INVALID   | .value has nothing to select from; declare a schema field with path and use its name
          [items]        | INVALID   | has type list, a number, bool, string or timestamp is needed; convert it
          duration('1s') | INVALID   | has type duration, a number, bool, string or timestamp is needed; convert it
          """)
  void refusesInTheWordsOfTheCatalogue(String expression, Kind kind, String text) {
    assertThat(ExpressionCheck.check(expression, VARIABLES))
        .isEqualTo(new Result.Refused(kind, text));
  }

  @Test
  void boundsSizeAndNesting() {
    assertThat(ExpressionCheck.check("1 + ".repeat(400) + "1", VARIABLES))
        .isEqualTo(new Result.Refused(Kind.TOO_LONG, "may not be more than 1024 bytes"));
    assertThat(ExpressionCheck.check("(".repeat(500) + "1" + ")".repeat(500), VARIABLES))
        .isEqualTo(new Result.Refused(Kind.INVALID, "is nested 500 deep, at most 20; simplify it"));
    assertThat(ExpressionCheck.check("!".repeat(1000) + "online", VARIABLES))
        .isInstanceOf(Result.Typed.class);
    assertThat(ExpressionCheck.check("(".repeat(20) + "1" + ")".repeat(20), VARIABLES))
        .isInstanceOf(Result.Typed.class);
    assertThat(ExpressionCheck.check("currency == '((((((((((((((((((((((((('", VARIABLES))
        .isInstanceOf(Result.Typed.class);
    assertThat(ExpressionCheck.check("online ? 1 : ".repeat(70) + "2", VARIABLES))
        .isInstanceOf(Result.Typed.class);
    assertThat(ExpressionCheck.check("items" + " + 1".repeat(250), VARIABLES))
        .isInstanceOf(Result.Typed.class);
  }
}
