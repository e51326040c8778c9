/**
 * The production readiness checklist, earned instead of ticked: each line is measured on the running installation, local
 * or in a cluster, or says that it was not. {@code Line} names them; a {@code …Check} measures those of one subject;
 * what differs between a laptop and a cluster is behind {@code Site}.
 */
package io.countinghouse.operations.readiness;
