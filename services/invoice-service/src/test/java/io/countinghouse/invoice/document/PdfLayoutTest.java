package io.countinghouse.invoice.document;

import static io.countinghouse.invoice.Invoicing.GERMAN_TAX;
import static io.countinghouse.invoice.Invoicing.billedPeriod;
import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.flatPeriod;
import static io.countinghouse.invoice.Invoicing.generate;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.invoice.Invoicing;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things stand on the printed page, by the boxes of its glyphs. */
@QuarkusTest
class PdfLayoutTest {
    /** A4 less the margins of 18 mm, in points. */
    private static final float LEFT = 51;

    private static final float RIGHT = 595 - 51;

    /** Where the column of quantities begins: 90 mm from the left margin. */
    private static final float QUANTITY = 51 + 90 * 72 / 25.4f;

    /** Where the column of quantities ends and that of amounts begins: 44 mm from the right margin. */
    private static final float AMOUNT = RIGHT - 44 * 72 / 25.4f;

    /** What two columns keep between them, in points: 4 mm. */
    private static final float GAP = 11;

    private static final String MODEL = "anthropic/claude-3-5-sonnet-20241022-v2:0@europe-west4/streaming/input_tokens";

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @ParameterizedTest
    @CsvSource({"77, true", "200, true", "500, true", "77, false", "200, false", "500, false"})
    void aLongWordStaysInItsColumn(int length, boolean mayBreak) throws Exception {
        // Given
        String name = MODEL.repeat(7).substring(0, length);
        String word = mayBreak ? name : name.replaceAll("[^a-z0-9]", "x");
        // When
        byte[] pdf = pdf(text -> text.replace("platform fee", word));
        // Then
        List<PdfWords.Glyph> glyphs = PdfWords.of(pdf);
        assertThat(glyphs)
                .allSatisfy(glyph -> assertThat(glyph.left() >= LEFT - 1 && glyph.right() <= RIGHT + 1)
                        .as(glyph.toString())
                        .isTrue());
        assertThat(glyphs.stream()
                        .filter(glyph -> glyph.right() < QUANTITY)
                        .map(PdfWords.Glyph::text)
                        .collect(Collectors.joining()))
                .contains(word);
        assertApart(glyphs, "1", "49.00EUR");
    }

    @ParameterizedTest
    @CsvSource({"Hauptstr. 1, address", "Müller & Söhne GmbH, name", "AI platform, plan", "DE999999999, tax id"})
    void aLongWordOfTheHeadStaysInItsCell(String said, String what) throws Exception {
        // When
        byte[] pdf = pdf(text -> text.replace(said, MODEL.repeat(2).replaceAll("[^a-z0-9]", "x")));
        // Then
        List<PdfWords.Glyph> glyphs = PdfWords.of(pdf);
        assertThat(glyphs)
                .as(what)
                .allSatisfy(glyph -> assertThat(glyph.right()).isLessThanOrEqualTo(RIGHT + 1));
        assertNoneOverlap(glyphs);
    }

    @Test
    void longNumbersDoNotTouch() throws Exception {
        // Given
        String quantity = "12345678901234567890.123456789012345678";
        // When
        byte[] pdf = pdf(text -> text.replace("\"18059974\"", "\"" + quantity + "\""));
        // Then
        List<PdfWords.Glyph> glyphs = PdfWords.of(pdf);
        assertNoneOverlap(glyphs);
        PdfWords.Glyph amount = start(glyphs, "36.60EUR");
        assertThat(glyphs)
                .filteredOn(glyph -> glyph.isOnLineOf(amount) && glyph.left() < amount.left())
                .extracting(PdfWords.Glyph::right)
                .allMatch(right -> right <= AMOUNT + 1);
    }

    @Test
    void totalsAndTermsStayOnOnePage() throws Exception {
        for (int lines = 14; lines <= 34; lines += 2) {
            // Given
            UUID period = manyLines(lines);
            // When
            byte[] pdf = owner(tenant)
                    .get("/v1/invoices/" + generate(period).path("id") + "/pdf")
                    .asByteArray();
            // Then
            List<PdfWords.Glyph> glyphs = PdfWords.of(pdf);
            assertThat(pageOf(glyphs, "Net"))
                    .as(lines + " lines")
                    .isEqualTo(pageOf(glyphs, "Total"))
                    .isEqualTo(pageOf(glyphs, "(IBAN)"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "株式会社サンプル, 東京都, JP, NotoSansJP",
        "東京商事, 東京, JP, NotoSansJP",
        "北京测试有限公司, 北京市, CN, NotoSansSC",
        "臺灣測試公司, 臺北市, TW, NotoSansSC",
        "주식회사 샘플, 서울특별시, KR, NotoSansKR",
        "שלום חברה, ירושלים, IL, LiberationSans",
        "شركة المثال, القاهرة, EG, NotoSansArabic",
        "उदाहरण कंपनी, नई दिल्ली, IN, NotoSansDevanagari",
        "บริษัทตัวอย่าง, กรุงเทพ, TH, NotoSansThai",
        "বাংলা কোম্পানি, ঢাকা, BD, NotoSansBengali",
        "தமிழ் நிறுவனம், சென்னை, IN, NotoSansTamil",
        "ქართული კომპანია, თბილისი, GE, NotoSansGeorgian",
        "Հայկական ընկերություն, Երևան, AM, NotoSansArmenian",
        "የኢትዮጵያ ድርጅት, አዲስ አበባ, ET, NotoSansEthiopic"
    })
    void aNameIsPrintedInItsScript(String name, String city, String country, String font) throws Exception {
        // When
        byte[] pdf = pdf(text -> text.replace("Müller & Söhne GmbH", name)
                .replace("Berlin", city)
                .replace("\"DE\"", "\"" + country + "\""));
        // Then
        String text = PdfWords.text(pdf);
        assertThat(text).doesNotContain("#").doesNotContain("\uFFFD");
        assertThat(glyphsOf(text)).containsAll(glyphsOf(name)).containsAll(glyphsOf(city));
        assertThat(fonts(pdf)).anySatisfy(embedded -> assertThat(embedded).contains(font));
        // Subset: a whole font of Han characters has megabytes.
        assertThat(pdf.length).isLessThan(200_000);
    }

    @Test
    void aPictureInANameIsPrinted() throws Exception {
        // When
        byte[] pdf = pdf(text -> text.replace("Müller & Söhne GmbH", "Rocket \uD83D\uDE80 Ltd"));
        // Then
        assertThat(PdfWords.text(pdf)).contains("\uD83D\uDE80").doesNotContain("#");
    }

    @ParameterizedTest
    @ValueSource(strings = {"שלום", "مثال"})
    void whatIsReadFromTheRightIsWrittenFromTheRight(String name) throws Exception {
        // When
        byte[] pdf = pdf(text -> text.replace("Müller & Söhne GmbH", name));
        // Then
        List<PdfWords.Glyph> glyphs = PdfWords.of(pdf);
        float first = leftOf(glyphs, name.substring(0, 1));
        float last = leftOf(glyphs, name.substring(name.length() - 1));
        assertThat(first).isGreaterThan(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"فاتورة 7 اشتراك", "שלום 7 מנוי"})
    void aNumberAmongWordsFromTheRightStandsBetweenThem(String name) throws Exception {
        // When
        byte[] pdf = pdf(text -> text.replace("Müller & Söhne GmbH", name));
        // Then
        List<PdfWords.Glyph> glyphs = PdfWords.of(pdf);
        float first = leftOf(glyphs, name.substring(0, 1));
        float number = leftOf(glyphs, "7");
        float last = leftOf(glyphs, name.substring(name.length() - 1));
        assertThat(first).isGreaterThan(number);
        assertThat(number).isGreaterThan(last);
    }

    @Test
    void theReaderIsNotToldOfWhatIsInside() throws Exception {
        // Given
        String id = finalized(tenant);
        // When
        byte[] pdf = owner(tenant).get("/v1/invoices/" + id + "/pdf").asByteArray();
        // Then
        assertThat(PdfWords.text(pdf))
                .contains("Germany")
                .contains("Tax 19 % on 92.08 EUR")
                .doesNotContain("price version", "meter", "input_tokens", "DE19");
    }

    @Test
    void whereNoTaxAppliesThePageSaysSoInOrder() throws Exception {
        // Given
        String id = generate(flatPeriod(tenant, "null", "29.00", "EUR")).path("id");
        // When
        byte[] pdf = owner(tenant).get("/v1/invoices/" + id + "/pdf").asByteArray();
        // Then
        assertThat(PdfWords.text(pdf)).contains("No tax on 29.00 EUR").doesNotContain("applies of");
    }

    private byte[] pdf(UnaryOperator<String> change) {
        String id = generate(billedPeriod(tenant, GERMAN_TAX, change)).path("id");
        return owner(tenant).get("/v1/invoices/" + id + "/pdf").asByteArray();
    }

    private UUID manyLines(int count) {
        String lines = IntStream.rangeClosed(1, count)
                .mapToObj(position -> """
                        {"position": %d, "price_id": "019a0000-0000-7000-8000-000000000001", "price_version": 3,
                         "description": "fee", "model": "flat", "meter": null, "quantity": "1",
                         "amount": {"amount": "1.00", "currency": "EUR"}, "breakdown": []}""".formatted(position))
                .collect(Collectors.joining(","));
        UUID period = UUID.randomUUID();
        String said = Invoicing.period(period, tenant, GERMAN_TAX)
                .replaceAll(
                        "(?s)\"lines\": .*",
                        "\"lines\": [" + lines + "], \"net\": {\"amount\": \"" + count
                                + ".00\", \"currency\": \"EUR\"}}");
        StubService.on("GET", "/v1/billing/periods/" + period, 200, said);
        Invoicing.billTo(period, Invoicing.CUSTOMER, GERMAN_TAX);
        return period;
    }

    /** The amount of a row begins well to the right of the quantity on the same line. */
    private static void assertApart(List<PdfWords.Glyph> glyphs, String quantity, String amount) {
        PdfWords.Glyph start = start(glyphs, amount);
        PdfWords.Glyph before = glyphs.stream()
                .filter(glyph -> glyph.isOnLineOf(start) && glyph.right() < start.left() + 1)
                .max(Comparator.comparing(PdfWords.Glyph::right))
                .orElseThrow();
        assertThat(before.text()).isEqualTo(quantity);
        assertThat(start.left() - before.right()).isGreaterThanOrEqualTo(GAP);
    }

    private static void assertNoneOverlap(List<PdfWords.Glyph> glyphs) {
        for (PdfWords.Glyph one : glyphs) {
            for (PdfWords.Glyph other : glyphs) {
                if (one.isOnLineOf(other) && one.left() < other.left()) {
                    assertThat(one.right()).as(one + " and " + other).isLessThanOrEqualTo(other.left() + 0.7f);
                }
            }
        }
    }

    /** The first glyph of a word without spaces, in the order in which the page is drawn. */
    private static PdfWords.Glyph start(List<PdfWords.Glyph> glyphs, String word) {
        String drawn = glyphs.stream().map(PdfWords.Glyph::text).collect(Collectors.joining());
        int index = drawn.indexOf(word);
        assertThat(index).as(word + " in " + drawn).isNotNegative();
        int length = 0;
        for (PdfWords.Glyph glyph : glyphs) {
            if (length == index) {
                return glyph;
            }
            length += glyph.text().length();
        }
        throw new AssertionError(word);
    }

    private static int pageOf(List<PdfWords.Glyph> glyphs, String word) {
        return start(glyphs, word).page();
    }

    private static float leftOf(List<PdfWords.Glyph> glyphs, String letter) {
        return glyphs.stream()
                .filter(glyph ->
                        Normalizer.normalize(glyph.text(), Normalizer.Form.NFKC).equals(letter))
                .findFirst()
                .orElseThrow(() -> new AssertionError(letter + " in " + glyphs))
                .left();
    }

    /** The characters alone, in no order: how the marks of a syllable are ordered differs between readers. */
    private static List<Integer> glyphsOf(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(Character::isLetter)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private static List<String> fonts(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var resources = document.getPage(0).getResources();
            List<String> names = new ArrayList<>();
            for (COSName name : resources.getFontNames()) {
                names.add(resources.getFont(name).getName());
            }
            return names;
        }
    }
}
