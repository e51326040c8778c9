/**
 * Journeys over public REST against the packaged services, as a customer would make them. One stack serves all tests of
 * this module; each test makes customers of its own.
 */
package io.countinghouse.system;
