/**
 * Backup of an installation on one machine: all seven databases to one point in time and the secrets that open them, and
 * the way back. A backup is a physical copy of the PostgreSQL server taken while it works (PostgreSQL 18 documentation,
 * section 25.3.4, "Making a Base Backup Using the Low Level API"); as the databases share that server, they share its
 * write-ahead log, and so the point that recovery ends at. The drill restores a copy and checks what must be true within
 * and between the databases. Where PostgreSQL is run by an operator or a cloud, its own tools do this instead.
 */
package io.countinghouse.operations.backup;
