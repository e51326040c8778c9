package io.countinghouse.defaults.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is wrong with one field of a request; {@code field} is named as in the JSON document. */
@RegisterForReflection
public record FieldError(String field, String detail) {}
