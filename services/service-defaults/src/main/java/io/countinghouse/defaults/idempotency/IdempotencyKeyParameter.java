package io.countinghouse.defaults.idempotency;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Names the {@code Idempotency-Key} header in the contract of every POST, but for those that say by the extension
 * {@code x-idempotency} what else makes a repetition harmless. {@link Idempotency} is what honours it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class IdempotencyKeyParameter implements OASFilter {

    /** The extension of an operation that takes no key: says what makes its repetition harmless. */
    public static final String IDEMPOTENCY = "x-idempotency";

    @Override
    public PathItem filterPathItem(PathItem path) {
        Operation post = path.getPOST();
        if (post != null && !isIdempotentByItself(post)) {
            post.addParameter(OASFactory.createParameter()
                    .name(Idempotency.HEADER)
                    .in(Parameter.In.HEADER)
                    .description(
                            "Makes a repetition harmless: the first answer to this key is given again. Another body"
                                    + " under the same key is refused.")
                    .schema(OASFactory.createSchema()
                            .addType(Schema.SchemaType.STRING)
                            .minLength(1)
                            .maxLength(Idempotency.LONGEST_KEY)));
        }
        return path;
    }

    private static boolean isIdempotentByItself(Operation operation) {
        Map<String, Object> extensions = operation.getExtensions();
        return extensions != null && extensions.containsKey(IDEMPOTENCY);
    }
}
