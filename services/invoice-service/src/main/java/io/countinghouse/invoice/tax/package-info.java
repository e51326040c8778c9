/** What tax is owed on the lines of a document: a pure function, without I/O. */
package io.countinghouse.invoice.tax;
