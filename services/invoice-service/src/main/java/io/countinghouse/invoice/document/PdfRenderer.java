package io.countinghouse.invoice.document;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * HTML to PDF, tagged for readers that speak it, with the fonts that come with the service: the machine needs none.
 * Runs on a worker thread, since it takes tens of milliseconds of CPU.
 */
@ApplicationScoped
class PdfRenderer {
    private static final String FAMILY = "Liberation Sans";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;

    /** For characters that the page's own font does not have. */
    private static final Set<FSFontUseCase> FALLBACK = EnumSet.of(FSFontUseCase.FALLBACK_PRE);

    /** @param country of the reader, or null: it tells whose shapes Han characters have */
    Uni<byte[]> render(String html, String country) {
        return Uni.createFrom()
                .item(() -> toPdf(html, country))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static byte[] toPdf(String html, String country) {
        // The library writes lines of its own format; what goes wrong arrives as an exception. Not in a static block:
        // in a
        // native executable the library is initialized when it runs.
        XRLog.setLoggingEnabled(false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.withHtmlContent(LegalText.of(html), null);
        builder.useFont(() -> font("LiberationSans-Regular.ttf"), FAMILY, REGULAR, FontStyle.NORMAL, true);
        builder.useFont(() -> font("LiberationSans-Bold.ttf"), FAMILY, BOLD, FontStyle.NORMAL, true);
        for (Typeface typeface : Typeface.of(html, country)) {
            builder.useFont(typeface::open, typeface.family(), REGULAR, FontStyle.NORMAL, true, FALLBACK);
        }
        if (Typeface.isRightToLeft(html)) {
            builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
            builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
            builder.defaultTextDirection(TextDirection.LTR);
        }
        builder.usePdfUaAccessibility(true);
        builder.withProducer("Countinghouse");
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("an invoice could not be rendered", e);
        }
        return out.toByteArray();
    }

    private static InputStream font(String file) {
        return PdfRenderer.class.getResourceAsStream("/liberation/" + file);
    }
}
