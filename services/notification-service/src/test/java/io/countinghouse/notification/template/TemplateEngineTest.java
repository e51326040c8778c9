package io.countinghouse.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.defaults.problem.ProblemException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateEngineTest {

    private static final Set<String> DECLARED = Set.of("name", "flag");

    private final TemplateEngine engine = new TemplateEngine();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello {{name}}",
                "Hello {{{name}}}",
                "Hello { name }",
                "Hello { name}",
                "{% if flag %}yes{% endif %}",
                "{ #if flag}yes{/if}",
                "Hello {0}",
                "Hello {'name'}",
                "Hello {true}",
                "Hello {null}",
                "Hello {Name}",
                "Hello {name.length}",
                "Hello {name ?: 'you'}",
                "{#if flag > 3}many{/if}",
                "{#if flag == 1}one{/if}",
                "{#if flag}open",
                "body{margin:0}"
            })
    void whatWouldSaySomethingElseThanMeantIsRefused(String source) {
        // When / Then
        assertThatThrownBy(() -> engine.check("text", source, false, DECLARED))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("text ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello {{name}}", "Hello { name }", "{% x %}", "Hello {0}", "body{margin:0}", "{nobody}"})
    void theRefusalNamesTheWayOut(String source) {
        // When / Then
        assertThatThrownBy(() -> engine.check("text", source, false, DECLARED))
                .hasMessageContaining("a variable is written {name}, and a brace that is meant as such \\{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "<style>p{margin:0}</style>{name} → <style>p{margin:0}</style>Ada",
                "<STYLE type='text/css'>@media (max-width:600px){.a{width:100%}}</STYLE> → <STYLE type='text/css'>@media (max-width:600px){.a{width:100%}}</STYLE>",
                "<style>a\\{b:c\\}</style> → <style>a{b:c}</style>",
                "<style>{|p{margin:0}|}</style> → <style>p{margin:0}</style>",
                "<style>p{color}q{nobody}</style> → <style>p{color}q{nobody}</style>",
                "<style>p{content:'{name}'}</style> → <style>p{content:'Ada'}</style>",
                "<style>p{margin:0} → <style>p{margin:0}",
                "<style>a{b:c}</style><style>d{e:f}</style> → <style>a{b:c}</style><style>d{e:f}</style>",
                "<script type='application/ld+json'>{'@type':{'x':1}}</script> → <script type='application/ld+json'>{'@type':{'x':1}}</script>",
                "<p style='margin:0'>\\{name}</p> → <p style='margin:0'>{name}</p>"
            })
    void bracesOfStyleSheetsAndScriptsAreTheirs(String source, String rendered) {
        // When
        engine.check("html", source, true, DECLARED);
        String html = engine.render(source, true, Map.of("name", "Ada", "flag", "x"));

        // Then
        assertThat(html).isEqualTo(rendered);
    }

    @ParameterizedTest
    @CsvSource({
        "true, yes",
        "no, yes",
        "text, yes",
        "1, yes",
        "0.01, yes",
        "'', no",
        "'  ', no",
        "false, no",
        "FALSE, no",
        "0, no",
        "0.00, no",
        "'0,0', no",
        "-0, no"
    })
    void aConditionTakesNothingFalseAndZeroForNo(String flag, String answer) {
        // When
        String rendered = engine.render("{#if flag}yes{#else}no{/if}", false, Map.of("flag", flag));

        // Then
        assertThat(rendered).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "", "0.00", "true"})
    void aValueThatCountsAsNoPrintsAndComparesAsTheTextThatItIs(String flag) {
        // When
        String rendered = engine.render(
                "{flag}|{#if flag == '" + flag + "'}same{/if}|{#if flag != '" + flag + "'}other{/if}",
                true,
                Map.of("flag", flag));

        // Then
        assertThat(rendered).isEqualTo(flag + "|same|");
    }

    @Test
    void aValueIsNotRenderedAgain() {
        // When
        String rendered = engine.render("{name}", false, Map.of("name", "{flag} {#if} \\{"));

        // Then
        assertThat(rendered).isEqualTo("{flag} {#if} \\{");
    }

    @Test
    void theVariablesThatAPartUsesAreAnswered() {
        // When
        Set<String> used = engine.check("html", "<style>a{b:{flag}}</style>{#if name}x{/if}", true, DECLARED);

        // Then
        assertThat(used).containsExactlyInAnyOrder("name", "flag");
    }
}
