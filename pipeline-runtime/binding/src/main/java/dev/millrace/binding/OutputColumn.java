package dev.millrace.binding;

import dev.millrace.contract.ColumnType;

/**
 * A column of an entity's rows: feature columns in the order of the spec, then derived ones.
 *
 * @param name column name
 * @param type its type
 */
public record OutputColumn(String name, ColumnType type) {}
