/**
 * What an operator does to an installation from outside: make its databases, take a migration back, drive the main job
 * to see that it works. The same program runs on a laptop and as a Job in a cluster.
 */
package io.countinghouse.operations;
