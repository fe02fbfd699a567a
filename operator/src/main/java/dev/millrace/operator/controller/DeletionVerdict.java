package dev.millrace.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * What a deletion does with data (reliability.md §2, L1–L4). Only a {@code Delete} that was
 * observed before, in a namespace that stays, with our definitions in place, deletes anything.
 */
enum DeletionVerdict {
  /** Everything that holds data stays. */
  RETAIN,
  /** Delete was written in the same breath as the deletion: kept, and said so. */
  RETAIN_TOO_NEW,
  /** The namespace goes too, or our definitions do: whatever the policy says, kept. */
  RETAIN_GOING,
  /** Topics, keys and files of this resource are deleted. */
  DELETE;

  /**
   * Decides at the first look. The observed generation is frozen while a deletion runs, and each
   * edit raises the generation, so no edit turns a verdict into {@link #DELETE}.
   *
   * @param deletePolicy whether the spec says Delete
   * @param observedGeneration of the stored status, -1 before the first look
   * @param going whether the namespace or one of our definitions is being deleted or is gone
   */
  static DeletionVerdict of(
      HasMetadata resource, boolean deletePolicy, long observedGeneration, boolean going) {
    if (!deletePolicy) {
      return RETAIN;
    }
    if (going) {
      return RETAIN_GOING;
    }
    // The deletion of a resource with finalizers counts as one generation.
    return observedGeneration >= resource.getMetadata().getGeneration() - 1
        ? DELETE
        : RETAIN_TOO_NEW;
  }
}
