package dev.millrace.local.command;

/** Forms of an answer. */
enum AnswerForm {
  TABLE,
  JSON
}
