/**
 * Kills processes of a stack while it works, and then looks whether what it acknowledged is there, once each. A writer for
 * each service sends one write after the other through the public API; kills come by chance, of a seed. In the end rows are
 * counted in the databases, and a backup is restored and verified as the drill does it: audit tree, ledger, deliveries.
 */
package io.countinghouse.stack.chaos;
