package io.countinghouse.defaults.page;

import io.countinghouse.defaults.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The {@code limit} and {@code after} of every list. Use as {@code @BeanParam @Valid}. */
public class PageRequest {

    /** Most rows one answer holds: keeps an answer under a few megabytes whatever is listed. */
    public static final int MOST = 1000;

    @Parameter(description = "How many entries at the most")
    @QueryParam("limit")
    @DefaultValue("100")
    @Min(1)
    @Max(MOST)
    int limit;

    @Parameter(description = "The `next` of the page before")
    @QueryParam("after")
    String after;

    public int limit() {
        return limit;
    }

    public Optional<UUID> afterId() {
        if (after == null || after.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(after));
        } catch (IllegalArgumentException e) {
            throw notACursor();
        }
    }

    public OptionalLong afterNumber() {
        if (after == null || after.isBlank()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(after));
        } catch (NumberFormatException e) {
            throw notACursor();
        }
    }

    public Optional<String> afterText() {
        return Optional.ofNullable(after).filter(text -> !text.isBlank());
    }

    private ProblemException notACursor() {
        return ProblemException.invalidField("after", "'" + after + "' is not the `next` of a page of this list");
    }
}
