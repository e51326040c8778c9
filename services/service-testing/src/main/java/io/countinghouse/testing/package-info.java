/**
 * What every test of a service gets: a PostgreSQL of its own with the production roles, tokens signed by a test key,
 * a stand-in for the other six services, matchers for problems, and the contracts that all seven keep.
 */
package io.countinghouse.testing;
