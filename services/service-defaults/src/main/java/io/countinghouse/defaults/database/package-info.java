/** Logins to the database that are leased instead of configured. */
package io.countinghouse.defaults.database;
