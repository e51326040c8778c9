/**
 * Entries: appended once by services, operators and tenants, listed with filters, and never changed. What an entry says is
 * fixed by its canonical bytes; everything shown about it is read back from them.
 */
package io.countinghouse.auditlog.entry;
