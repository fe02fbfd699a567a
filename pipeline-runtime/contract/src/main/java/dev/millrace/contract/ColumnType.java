package dev.millrace.contract;

/**
 * Type of a value: a {@link FieldType} with the number of decimal places when it is Decimal.
 *
 * @param type the type
 * @param scale decimal places 0–18 for Decimal, 0 otherwise
 */
public record ColumnType(FieldType type, int scale) {
  public static final ColumnType STRING = new ColumnType(FieldType.STRING, 0);
  public static final ColumnType LONG = new ColumnType(FieldType.LONG, 0);
  public static final ColumnType DOUBLE = new ColumnType(FieldType.DOUBLE, 0);
  public static final ColumnType BOOLEAN = new ColumnType(FieldType.BOOLEAN, 0);
  public static final ColumnType TIMESTAMP = new ColumnType(FieldType.TIMESTAMP, 0);

  public ColumnType {
    if (type != FieldType.DECIMAL && scale != 0 || scale < 0 || scale > 18) {
      throw new IllegalArgumentException("scale " + scale + " does not fit " + type);
    }
  }

  public static ColumnType decimal(int scale) {
    return new ColumnType(FieldType.DECIMAL, scale);
  }

  @Override
  public String toString() {
    return type == FieldType.DECIMAL ? "Decimal(" + scale + ")" : type.text();
  }
}
