/** Credit notes: what was wrong with an issued invoice is taken back by a document of its own, never by changing it. */
package io.countinghouse.invoice.creditnote;
