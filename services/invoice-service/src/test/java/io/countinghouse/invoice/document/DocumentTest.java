package io.countinghouse.invoice.document;

import static io.countinghouse.invoice.Invoicing.GERMAN_TAX;
import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.billedPeriod;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.finalizedPeriod;
import static io.countinghouse.invoice.Invoicing.flatPeriod;
import static io.countinghouse.invoice.Invoicing.generate;
import static io.countinghouse.invoice.Invoicing.operator;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

@QuarkusTest
class DocumentTest {
    @Inject
    En16931Rules rules;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void thePdfSaysWhatTheInvoiceSays() throws Exception {
        // Given
        String id = finalized(tenant);
        String number = operator().get("/v1/invoices/" + id).path("number");
        // When
        var answer = owner(tenant).get("/v1/invoices/" + id + "/pdf");
        // Then
        answer.then()
                .statusCode(200)
                .contentType("application/pdf")
                .header("Content-Disposition", containsString(number + ".pdf"));
        assertThat(text(answer.asByteArray()))
                .contains("Invoice", number, "Müller & Söhne GmbH", "Hauptstr. 1", "10115 Berlin")
                .contains("Seller of the Tests Ltd", "Tax ID DE123456789", "DE89370400440532013000")
                .contains("1 November 2023 to 30 November 2023")
                .contains("platform fee", "49.00 EUR", "18,059,974", "36.60 EUR", "2.95 EUR", "3.53 EUR")
                .contains("9,000,000 units from 1,000,000 to 10,000,000 at 0.0000025 = 22.5 EUR")
                .contains("8,819 units in the tier from 5,000 to 10,000 at 0.0004 = 3.5276 EUR")
                .contains("246 packages at 0.012 = 2.952 EUR")
                .contains("92.08 EUR", "Tax 19 % on 92.08 EUR", "17.50 EUR", "109.58 EUR")
                .contains("Please pay 109.58 EUR by");
    }

    @Test
    void thePdfCarriesItsFonts() throws Exception {
        // Given
        String id = finalized(tenant);
        // When
        byte[] pdf = owner(tenant).get("/v1/invoices/" + id + "/pdf").asByteArray();
        // Then
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            for (COSName name : document.getPage(0).getResources().getFontNames()) {
                var font = document.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                assertThat(font.getName()).contains("LiberationSans");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"draft,Draft invoice", "void,Invoice (void)", "paid,Thank you."})
    void thePdfSaysInWhichStateTheInvoiceIs(String state, String expected) throws Exception {
        // Given
        String id = state.equals("draft") ? draft(tenant) : finalized(tenant);
        if (state.equals("void")) {
            act(id, "void");
        } else if (state.equals("paid")) {
            operator().body("{\"method\": \"manual\", \"reference\": \"t\"}").post("/v1/invoices/" + id + "/pay");
        }
        // When
        byte[] pdf = owner(tenant).get("/v1/invoices/" + id + "/pdf").asByteArray();
        // Then
        assertThat(text(pdf)).contains(expected);
    }

    @Test
    void markupInANameIsText() throws Exception {
        // Given
        UUID period = billedPeriod(
                tenant, GERMAN_TAX, text -> text.replace("Müller & Söhne GmbH", "<b>Bold</b> & <script>x()</script>"));
        String id = generate(period).path("id");
        // When
        byte[] pdf = owner(tenant).get("/v1/invoices/" + id + "/pdf").asByteArray();
        // Then
        assertThat(text(pdf)).contains("<b>Bold</b> & <script>x()</script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pdf", "xml"})
    void aControlCharacterInANameIsReplaced(String kind) {
        // Given
        UUID period = billedPeriod(tenant, GERMAN_TAX, text -> text.replace("Müller", "M\\u0001ller \\uD83D\\uDE00"));
        String id = generate(period).path("id");
        act(id, "finalize").then().statusCode(200);
        // When
        var answer = owner(tenant).get("/v1/invoices/" + id + "/" + kind);
        // Then
        answer.then().statusCode(200);
    }

    @Test
    void theXmlIsAnEn16931Invoice() throws Exception {
        // Given
        String id = finalized(tenant);
        var invoice = operator().get("/v1/invoices/" + id);
        // When
        var answer = owner(tenant).get("/v1/invoices/" + id + "/xml");
        // Then
        answer.then().statusCode(200).contentType("application/xml");
        Document xml = parse(answer.asByteArray());
        assertThat(xml.getDocumentElement().getNamespaceURI())
                .isEqualTo("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2");
        assertThat(value(xml, "/Invoice/CustomizationID")).isEqualTo("urn:cen.eu:en16931:2017");
        assertThat(value(xml, "/Invoice/ID")).isEqualTo(invoice.path("number"));
        assertThat(value(xml, "/Invoice/IssueDate"))
                .isEqualTo(invoice.<String>path("issued_at").substring(0, 10));
        assertThat(value(xml, "/Invoice/DueDate"))
                .isEqualTo(invoice.<String>path("due_at").substring(0, 10));
        assertThat(value(xml, "/Invoice/InvoiceTypeCode")).isEqualTo("380");
        assertThat(value(xml, "/Invoice/DocumentCurrencyCode")).isEqualTo("EUR");
        assertThat(value(xml, "/Invoice/InvoicePeriod/EndDate")).isEqualTo("2023-11-30");
        String seller = "/Invoice/AccountingSupplierParty/Party";
        assertThat(value(xml, seller + "/PartyLegalEntity/RegistrationName")).isEqualTo("Seller of the Tests Ltd");
        assertThat(value(xml, seller + "/PartyTaxScheme/CompanyID")).isEqualTo("DE123456789");
        assertThat(value(xml, seller + "/PostalAddress/Country/IdentificationCode"))
                .isEqualTo("DE");
        String buyer = "/Invoice/AccountingCustomerParty/Party";
        assertThat(value(xml, buyer + "/PartyLegalEntity/RegistrationName")).isEqualTo("Müller & Söhne GmbH");
        assertThat(value(xml, buyer + "/PostalAddress/Country/IdentificationCode"))
                .isEqualTo("DE");
        assertThat(value(xml, "/Invoice/TaxTotal/TaxAmount")).isEqualTo("17.50");
        assertThat(value(xml, "/Invoice/TaxTotal/TaxSubtotal/TaxableAmount")).isEqualTo("92.08");
        assertThat(value(xml, "/Invoice/TaxTotal/TaxSubtotal/TaxCategory/ID")).isEqualTo("S");
        assertThat(value(xml, "/Invoice/TaxTotal/TaxSubtotal/TaxCategory/Percent"))
                .isEqualTo("19");
        assertThat(value(xml, "/Invoice/LegalMonetaryTotal/LineExtensionAmount"))
                .isEqualTo("92.08");
        assertThat(value(xml, "/Invoice/LegalMonetaryTotal/PayableAmount")).isEqualTo("109.58");
        assertThat(value(xml, "count(/Invoice/InvoiceLine)")).isEqualTo("4");
        assertThat(value(xml, "/Invoice/InvoiceLine[2]/InvoicedQuantity")).isEqualTo("18059974");
        assertThat(value(xml, "/Invoice/InvoiceLine[2]/LineExtensionAmount")).isEqualTo("36.60");
        assertThat(value(xml, "/Invoice/InvoiceLine[2]/Price/BaseQuantity")).isEqualTo("18059974");
        assertThat(value(xml, "sum(/Invoice/InvoiceLine/LineExtensionAmount)")).startsWith("92.08");
    }

    @Test
    void whereNoTaxAppliesTheXmlSaysWhy() throws Exception {
        // Given
        String id = generate(billedPeriod(tenant, "null")).path("id");
        act(id, "finalize");
        // When
        Document xml = parse(owner(tenant).get("/v1/invoices/" + id + "/xml").asByteArray());
        // Then
        assertThat(value(xml, "/Invoice/TaxTotal/TaxSubtotal/TaxCategory/ID")).isEqualTo("E");
        assertThat(value(xml, "/Invoice/TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReason"))
                .isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "2018-01-15T12:00:00Z, 2018-02-15T12:00:00Z, 15 January 2018 to 14 February 2018, 2018-02-14",
        "2018-02-15T12:00:00Z, 2018-03-15T12:00:00Z, 15 February 2018 to 14 March 2018, 2018-03-14",
        "2018-01-01T00:00:00Z, 2018-02-01T00:00:00Z, 1 January 2018 to 31 January 2018, 2018-01-31",
        "2018-01-15T12:00:00Z, 2018-01-15T12:00:05Z, 15 January 2018 to 15 January 2018, 2018-01-15"
    })
    void periodsThatFollowEachOtherShareNoDay(String from, String to, String printed, String end) throws Exception {
        // Given
        String id = finalizedPeriod(billedPeriod(
                tenant,
                GERMAN_TAX,
                text -> text.replace("2023-11-01T00:00:00Z", from).replace("2023-12-01T00:00:00Z", to)));
        // When
        Document xml = parse(owner(tenant).get("/v1/invoices/" + id + "/xml").asByteArray());
        // Then
        assertThat(value(xml, "/Invoice/InvoicePeriod/StartDate")).isEqualTo(from.substring(0, 10));
        assertThat(value(xml, "/Invoice/InvoicePeriod/EndDate")).isEqualTo(end);
        assertThat(text(owner(tenant).get("/v1/invoices/" + id + "/pdf").asByteArray()))
                .contains(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "US, 12-3456789",
        "DE, 12/345/67890",
        "DE, de123456789",
        "IN, 29ABCDE1234F1Z5",
        "FR, DE999999999",
        "GR, GB123"
    })
    void aTaxIdWithoutItsCountryIsARegistration(String country, String taxId) throws Exception {
        // Given
        String id = billedWith(
                "\"country\": \"DE\", \"tax_id\": \"DE999999999\"",
                "\"country\": \"" + country + "\", \"tax_id\": \"" + taxId + "\"");
        // When
        Document xml = parse(owner(tenant).get("/v1/invoices/" + id + "/xml").asByteArray());
        // Then
        String buyer = "/Invoice/AccountingCustomerParty/Party";
        assertThat(value(xml, buyer + "/PartyLegalEntity/CompanyID")).isEqualTo(taxId);
        assertThat(value(xml, "count(" + buyer + "/PartyTaxScheme)")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"DE, DE999999999", "AT, ATU12345678", "GR, EL123456789", "GB, XI123456789"})
    void aTaxIdWithItsCountryIsAVatIdentifier(String country, String taxId) throws Exception {
        // Given
        String id = billedWith(
                "\"country\": \"DE\", \"tax_id\": \"DE999999999\"",
                "\"country\": \"" + country + "\", \"tax_id\": \"" + taxId + "\"");
        // When
        Document xml = parse(owner(tenant).get("/v1/invoices/" + id + "/xml").asByteArray());
        // Then
        String buyer = "/Invoice/AccountingCustomerParty/Party";
        assertThat(value(xml, buyer + "/PartyTaxScheme/CompanyID")).isEqualTo(taxId);
        assertThat(value(xml, buyer + "/PartyTaxScheme/TaxScheme/ID")).isEqualTo("VAT");
        assertThat(value(xml, "count(" + buyer + "/PartyLegalEntity/CompanyID)"))
                .isEqualTo("0");
    }

    @Test
    void whatIsEmptyIsLeftOut() throws Exception {
        // Given
        String id = finalizedPeriod(billedPeriod(
                tenant,
                GERMAN_TAX,
                text -> text.replace("10115", " ").replace("DE999999999", "").replace("books@mueller.example", "")));
        // When
        Document xml = parse(owner(tenant).get("/v1/invoices/" + id + "/xml").asByteArray());
        // Then
        assertThat(value(xml, "count(//*[not(*) and normalize-space() = ''])")).isEqualTo("0");
        assertThat(value(xml, "count(/Invoice/AccountingCustomerParty/Party/Contact)"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"EUR, 29.00, 58", "USD, 29.00, 30", "JPY, 2900, 30"})
    void onlyEurosAreTransferredBySepa(String currency, String amount, String code) throws Exception {
        // Given
        String id = finalizedPeriod(flatPeriod(tenant, GERMAN_TAX, amount, currency));
        // When
        Document xml = parse(owner(tenant).get("/v1/invoices/" + id + "/xml").asByteArray());
        // Then
        assertThat(value(xml, "/Invoice/PaymentMeans/PaymentMeansCode")).isEqualTo(code);
    }

    @Test
    void anInvoiceThatWouldBreakARuleIsNotIssuedWhereTheRulesAreSwitchedOn() {
        // Given
        String id = generate(billedPeriod(
                        tenant,
                        GERMAN_TAX,
                        text -> text.replace("\"description\": \"requests\"", "\"description\": \" \"")))
                .path("id");
        // When
        var refused = act(id, "finalize");
        // Then
        refused.then().spec(Problems.problem(422, "en16931-rules")).body("detail", containsString("BR-25"));
        owner(tenant)
                .get("/v1/invoices/" + id)
                .then()
                .body("status", is("draft"))
                .body("number", nullValue());
    }

    /** A finalized invoice of the demo period in which a text of billing-service was replaced; answers its id. */
    private String billedWith(String text, String by) {
        return finalizedPeriod(billedPeriod(
                tenant, GERMAN_TAX, said -> said.replaceAll("\\s+", " ").replace(text, by)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pdf", "xml"})
    void anotherTenantsDocumentDoesNotExist(String kind) {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(UUID.randomUUID()).get("/v1/invoices/" + id + "/" + kind);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    private static String text(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document).replaceAll("\\s+", " ");
        }
    }

    private static Document parse(byte[] xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    /** Names without prefixes: which namespace each is in is looked at once, at the root. */
    private static String value(Document xml, String path) throws Exception {
        String anyNamespace = path.replaceAll("/([A-Z]\\w+)", "/*[local-name()='$1']");
        return XPathFactory.newInstance().newXPath().evaluate(anyNamespace, xml);
    }
}
