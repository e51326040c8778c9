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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Qute with next to nothing in it: values are texts by name, and the only section is {@code {#if}}. A template can neither
 * call a method nor run for long, whoever wrote it.
 *
 * <p>Braces of style sheets and scripts are theirs: within {@code <style>} and {@code <script>} of an HTML part only the name
 * of a declared variable between braces is a variable.
 */
@ApplicationScoped
class TemplateEngine {

    private static final Variant TEXT = Variant.forContentType(Variant.TEXT_PLAIN);
    private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);

    private static final String WAY_OUT = "a variable is written {name}, and a brace that is meant as such \\{";

    /** A style sheet or a script, to its end or to that of the part. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(<(style|script)\\b[^>]*>)(.*?)(?=</\\2\\b|\\z)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** In foreign text: a brace that is escaped, a mark of what is not parsed, a variable, or any other brace. */
    private static final Pattern FOREIGN_BRACE =
            Pattern.compile("\\\\\\{|(?<mark>\\{\\||\\|\\})|\\{(?<name>[a-z][a-z0-9_]*)\\}|\\{");

    /** What is not looked at: a brace that is escaped, and what stands between {@code {|} and {@code |}}. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\\\{|\\{\\|.*?\\|\\}", Pattern.DOTALL);

    /**
     * What other template languages write for a variable, and what Qute takes for a constant: neither would fail, and the
     * customer would read something else than was meant.
     */
    private static final Pattern MISTAKEN = Pattern.compile(
            "\\{\\{|\\{%|\\{\\s+(?:\\w+|[#/][^{}]*)\\s*\\}|\\{(?:\\d+\\w?|true|false|null|'[^']*'|\"[^\"]*\")\\s*\\}");

    private final Engine engine = Engine.builder()
            .strictRendering(true)
            .addSectionHelper(new IfSectionHelper.Factory())
            .addValueResolver(ValueResolvers.mapResolver())
            .addResultMapper(new HtmlEscaper(List.of("text/html")))
            .build();

    /**
     * Refuses a part that cannot be parsed or rendered, that names a variable that is not declared, or that says something
     * else than it seems to.
     *
     * @param field the part's name in the request
     * @return the variables that it uses
     */
    Set<String> check(String field, String source, boolean html, Set<String> declared) {
        refuseMistaken(field, html ? FOREIGN.matcher(source).replaceAll("") : source);
        Set<String> used;
        try {
            Template template = parse(source, html, declared);
            refuseMoreThanVariables(field, template);
            used = variablesOf(template);
        } catch (TemplateException e) {
            throw refused(field, "is not a template: " + firstLine(e.getMessage()) + " (" + WAY_OUT + ")");
        }
        var unknown = new TreeSet<>(used);
        unknown.removeAll(declared);
        if (!unknown.isEmpty()) {
            throw refused(
                    field,
                    "uses variables that are not declared: " + String.join(", ", unknown) + " (" + WAY_OUT + ")");
        }
        for (String sample : List.of("text", "", "1")) {
            refuseUnrenderable(field, source, html, declared, sample);
        }
        return used;
    }

    /** @param values one for each variable that the template uses */
    String render(String source, boolean html, Map<String, String> values) {
        var data = new HashMap<String, Object>();
        values.forEach((name, value) -> data.put(name, No.isNo(value) ? new No(value) : value));
        return parse(source, html, values.keySet()).data(data).render();
    }

    private Template parse(String source, boolean html, Set<String> declared) {
        return engine.parse(html ? withForeignBraces(source, declared) : source, html ? HTML : TEXT);
    }

    private static String withForeignBraces(String source, Set<String> declared) {
        return FOREIGN.matcher(source)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1)
                        + FOREIGN_BRACE
                                .matcher(found.group(3))
                                .replaceAll(brace -> Matcher.quoteReplacement(foreign(brace, declared)))));
    }

    private static String foreign(MatchResult brace, Set<String> declared) {
        if (brace.group("mark") != null) {
            return "";
        }
        String name = brace.group("name");
        if (name == null) {
            return "\\{";
        }
        return declared.contains(name) ? brace.group() : "\\" + brace.group();
    }

    private static void refuseMistaken(String field, String source) {
        Matcher mistaken = MISTAKEN.matcher(ESCAPED.matcher(source).replaceAll(""));
        if (mistaken.find()) {
            String found = mistaken.group().replaceAll("\\s+", " ");
            throw refused(field, "writes '" + (found.length() > 50 ? found.substring(0, 50) : found) + "': " + WAY_OUT);
        }
    }

    /** There is nothing behind a text: {@code {name.length}} would fail when somebody's mail is to be made. */
    private static void refuseMoreThanVariables(String field, Template template) {
        for (Expression expression : template.getExpressions()) {
            if (!expression.isLiteral()
                    && (expression.hasNamespace()
                            || expression.getParts().size() > 1
                            || expression.getParts().getFirst().isVirtualMethod())) {
                throw refused(
                        field, "takes variables only, not '" + expression.toOriginalString() + "' (" + WAY_OUT + ")");
            }
        }
    }

    /** A comparison that texts do not have, such as with a number, would fail when the mail is to be made. */
    private void refuseUnrenderable(String field, String source, boolean html, Set<String> declared, String sample) {
        var values = new HashMap<String, String>();
        declared.forEach(name -> values.put(name, sample));
        try {
            render(source, html, values);
        } catch (TemplateException | NumberFormatException | ClassCastException e) {
            throw refused(
                    field,
                    "cannot be rendered when its variables are '" + sample
                            + "': values are texts, which compare by == and != with texts like 'yes' alone");
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

    static ProblemException refused(String field, String detail) {
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
