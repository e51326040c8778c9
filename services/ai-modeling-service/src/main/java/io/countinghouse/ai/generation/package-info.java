/**
 * A generation is one question to a provider and its answer. It is recorded with the tokens and the time it took, and
 * metered like any other usage, in one transaction; before that nothing is written, since an answer may take a minute.
 */
package io.countinghouse.ai.generation;
