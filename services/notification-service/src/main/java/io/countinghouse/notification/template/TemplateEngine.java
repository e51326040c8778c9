package io.countinghouse.notification.template;

import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Qute with next to nothing in it: values are texts by name, and the only section is {@code {#if}}. A template can neither
 * call a method nor run for long, whoever wrote it.
 */
@ApplicationScoped
class TemplateEngine {

    private static final Variant TEXT = Variant.forContentType(Variant.TEXT_PLAIN);
    private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);

    private final Engine engine = Engine.builder()
            .strictRendering(true)
            .addSectionHelper(new IfSectionHelper.Factory())
            .addValueResolver(ValueResolvers.mapResolver())
            .addResultMapper(new HtmlEscaper(List.of("text/html")))
            .build();

    /**
     * Refuses a part that cannot be parsed or that names a variable that is not declared.
     *
     * @param field the part's name in the request
     */
    void check(String field, String source, boolean html, Set<String> declared) {
        Set<String> used;
        try {
            Template template = parse(source, html);
            refuseMoreThanVariables(field, template);
            used = variablesOf(template);
        } catch (TemplateException e) {
            throw refused(field, "is no template: " + firstLine(e.getMessage()));
        }
        used.removeAll(declared);
        if (!used.isEmpty()) {
            throw refused(field, "uses variables that are not declared: " + String.join(", ", used));
        }
    }

    /** @param values one for each variable that the template uses */
    String render(String source, boolean html, Map<String, String> values) {
        return parse(source, html).data(values).render();
    }

    private Template parse(String source, boolean html) {
        return engine.parse(source, html ? HTML : TEXT);
    }

    /** There is nothing behind a text: {@code {name.length}} would fail when somebody's mail is to be made. */
    private static void refuseMoreThanVariables(String field, Template template) {
        for (Expression expression : template.getExpressions()) {
            if (!expression.isLiteral()
                    && (expression.hasNamespace()
                            || expression.getParts().size() > 1
                            || expression.getParts().getFirst().isVirtualMethod())) {
                throw refused(field, "takes variables only, not '" + expression.toOriginalString() + "'");
            }
        }
    }

    private static Set<String> variablesOf(Template template) {
        var names = new TreeSet<String>();
        for (Expression expression : template.getExpressions()) {
            if (!expression.isLiteral()) {
                names.add(expression.getParts().getFirst().getName());
            }
        }
        return names;
    }

    private static ProblemException refused(String field, String detail) {
        return new ProblemException(
                422,
                "template-invalid",
                "Unprocessable content",
                field + " " + detail + ".",
                List.of(new FieldError(field, detail)));
    }

    private static String firstLine(String message) {
        return message == null
                ? "it does not parse"
                : message.lines().findFirst().orElse("it does not parse");
    }
}
