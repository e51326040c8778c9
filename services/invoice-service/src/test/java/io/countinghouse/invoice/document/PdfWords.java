package io.countinghouse.invoice.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** What stands where on the pages of a PDF: each glyph with its box, in points from the left and the top. */
final class PdfWords extends PDFTextStripper {
    private final List<Glyph> glyphs = new ArrayList<>();

    private PdfWords() {
        setSortByPosition(true);
    }

    record Glyph(int page, String text, float left, float right, float baseline) {
        boolean isOnLineOf(Glyph other) {
            return page == other.page && Math.abs(baseline - other.baseline) < 1;
        }
    }

    static List<Glyph> of(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PdfWords words = new PdfWords();
            words.getText(document);
            return words.glyphs;
        }
    }

    static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PdfWords().getText(document);
        }
    }

    @Override
    protected void processTextPosition(TextPosition glyph) {
        super.processTextPosition(glyph);
        if (!glyph.getUnicode().isBlank()) {
            glyphs.add(new Glyph(
                    getCurrentPageNo(),
                    glyph.getUnicode(),
                    glyph.getXDirAdj(),
                    glyph.getXDirAdj() + glyph.getWidthDirAdj(),
                    glyph.getYDirAdj()));
        }
    }
}
