package io.countinghouse.ai.generation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** An answer that is JSON already, and goes out as it is. */
@RegisterForReflection
record WrittenJson(@JsonValue @JsonRawValue String text) {}
