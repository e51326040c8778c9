/** Databases and roles of the seven services, and their migrations taken back. */
package io.countinghouse.operations.database;
