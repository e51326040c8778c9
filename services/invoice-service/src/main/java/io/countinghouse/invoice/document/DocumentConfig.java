package io.countinghouse.invoice.document;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "countinghouse.invoice.document")
interface DocumentConfig {

    /** Whether the rules of EN 16931 are run when an invoice is issued, and when its XML is asked for. */
    boolean en16931Validation();
}
