package io.countinghouse.notification.document;

import static io.countinghouse.notification.Api.deliver;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.countinghouse.notification.MailServer;
import io.countinghouse.notification.Mailbox;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The link in a mail about an invoice, as a browser without a login opens it. */
@QuarkusTest
@QuarkusTestResource(MailServer.class)
class DocumentLinkTest {

    private static final Pattern LINK = Pattern.compile("http\\S+/v1/notification-documents/\\S+");

    @Inject
    DocumentConfig config;

    private final UUID tenant = UUID.randomUUID();
    private final UUID invoice = UUID.randomUUID();
    private final String address = "customer-" + tenant + "@example.com";

    @BeforeEach
    void document() {
        StubService.on(
                "GET",
                "/v1/invoices/" + invoice + "/pdf",
                _ -> new StubService.Answer(200, "%PDF-1.7", Map.of("Content-Type", "application/pdf")));
    }

    @Test
    void theLinkOfAMailOpensWithoutALogin() {
        // Given
        deliver(
                Tokens.service("invoice-service"),
                UUID.randomUUID(),
                "invoice.invoice.finalized.v1",
                tenant,
                """
                {"invoice_id": "%s", "number": "INV-2026-000001", "customer": {"name": "Ada", "email": "%s"},
                 "total": {"amount": "9.99", "currency": "EUR"}, "due_at": "2026-02-14T12:00:00Z"}""".formatted(invoice, address));
        var found = LINK.matcher(Mailbox.only(address).text());
        String link = found.results().findFirst().orElseThrow().group();

        // When
        var answer = open(link);

        // Then
        answer.statusCode(200)
                .contentType("application/pdf")
                .header("Cache-Control", "private, no-store")
                .header("Content-Disposition", startsWith("inline"))
                .body(equalTo("%PDF-1.7"));
    }

    @Test
    void aLinkThatHasEndedIsGone() {
        // Given
        String link = link(Instant.now().minus(Duration.ofDays(31)));

        // When
        var answer = open(link);

        // Then
        answer.spec(problem(410, "document-link-expired"));
    }

    @Test
    void aLinkOpensOneInvoiceAlone() {
        // Given
        String link = link(Instant.now())
                .replace(invoice.toString(), UUID.randomUUID().toString());

        // When
        var answer = open(link);

        // Then
        answer.spec(problem(404, "not-found"));
    }

    @ParameterizedTest
    @CsvSource({
        "tenant=[^&]*, tenant=01980000-0000-7000-8000-000000000001",
        "expires=[^&]*, expires=99999999999",
        "signature=.*, signature=AAAA",
        "signature=(.).*, signature=$1"
    })
    void aLinkThatWasChangedOpensNothing(String part, String change) {
        // Given
        String link = link(Instant.now()).replaceFirst(part, change);

        // When
        var answer = open(link);

        // Then
        answer.spec(problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "expires", "signature"})
    void aLinkThatLacksAPartSaysWhich(String part) {
        // Given
        String link = link(Instant.now()).replaceFirst(part + "=[^&]*", "other=1");

        // When
        var answer = open(link);

        // Then
        answer.spec(invalid(part));
    }

    @Test
    void anInvoiceThatHasNoPdfIsNotFound() {
        // Given
        StubService.on("GET", "/v1/invoices/" + invoice + "/pdf", 404, null);

        // When
        var answer = open(link(Instant.now()));

        // Then
        answer.spec(problem(404, "not-found"));
    }

    @Test
    void aDocumentThatCannotBeMadeJustNowIsAskedForLater() {
        // Given
        StubService.on("GET", "/v1/invoices/" + invoice + "/pdf", 500, null);

        // When
        var answer = open(link(Instant.now()));

        // Then
        answer.spec(problem(503, "document-unavailable")).header("Retry-After", "5");
    }

    @Test
    void aLinkNamesItsEnd() {
        // Given
        var links = new DocumentLinks(config, Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC));

        // When
        var link = links.to(tenant, invoice);

        // Then
        assertThat(link.until()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(link.url()).contains("expires=" + link.until().getEpochSecond());
    }

    @Test
    void aSecretThatIsShortSignsNothing() {
        // Given
        var weak = new DocumentConfig() {
            @Override
            public boolean attach() {
                return true;
            }

            @Override
            public String publicUrl() {
                return config.publicUrl();
            }

            @Override
            public String linkSecret() {
                return "x".repeat(31);
            }

            @Override
            public Duration linkValidity() {
                return config.linkValidity();
            }
        };

        // When
        ThrowingCallable start = () -> new DocumentLinks(weak, Clock.systemUTC());

        // Then
        assertThatThrownBy(start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("countinghouse.notification.document.link-secret must have at least 32");
    }

    private String link(Instant madeAt) {
        return new DocumentLinks(config, Clock.fixed(madeAt, ZoneOffset.UTC))
                .to(tenant, invoice)
                .url();
    }

    private static ValidatableResponse open(String link) {
        URI uri = URI.create(link);
        return given().urlEncodingEnabled(false)
                .when()
                .get(uri.getRawPath() + "?" + uri.getRawQuery())
                .then();
    }
}
