package io.countinghouse.defaults.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.List;

/**
 * An error answer as RFC 9457 describes it.
 *
 * @param type stable URI; clients branch on this and on nothing else
 * @param detail quotes the value that was refused and the rule that refused it
 * @param errors one entry per field of the request that is wrong; empty when the problem has no field
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(URI type, String title, int status, String detail, String instance, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";
    static final String TYPE_BASE = "https://countinghouse.io/problems/";

    static URI typeOf(String slug) {
        return URI.create(TYPE_BASE + slug);
    }
}
