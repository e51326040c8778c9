/**
 * An invoice as a document: a PDF for people and an EN 16931 invoice in UBL 2.1 for their software, both made of the
 * same view of the invoice and of nothing else.
 */
package io.countinghouse.invoice.document;
