/**
 * Who the current request is about, and the transaction that lets it see that tenant and no other: the first wall is
 * the query, the second is row-level security in PostgreSQL.
 */
package io.countinghouse.defaults.tenancy;
