/** Numbers of documents: in series of a year each, without a gap, in the transaction of the document. */
package io.countinghouse.invoice.numbering;
