/**
 * What an API server does with our resources at admission, from the CRDs alone: unknown fields,
 * defaults, structure, rules in CEL. A machine without an API server then refuses the same specs
 * with the same words (api.md §5, tier 1). Only the schema keywords that the CRDs use are known;
 * any other one is an error at start.
 */
package dev.millrace.crds.admission;
