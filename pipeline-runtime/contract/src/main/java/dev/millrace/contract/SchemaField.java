package dev.millrace.contract;

/**
 * One field of a source's schema.
 *
 * @param name column name in the archive and in expressions
 * @param type its type and scale
 * @param nullable whether an absent or null value is allowed; if not, the record is Undecodable
 * @param path JSON pointer (format Json) or nested field; empty means the top-level field {@code
 *     name}
 */
public record SchemaField(String name, ColumnType type, boolean nullable, String path) {}
