/** The main job, from sign-up to the paid invoice, over public REST: for the demo, for tests, for a new installation. */
package io.countinghouse.operations.journey;
