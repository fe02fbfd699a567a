package dev.millrace.contract;

/**
 * A column computed from the entity's feature columns when a row is emitted.
 *
 * @param name column name
 * @param expression CEL over the entity's feature columns
 */
public record Derived(String name, String expression) {}
