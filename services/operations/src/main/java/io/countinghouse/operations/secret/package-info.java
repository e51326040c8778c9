/**
 * Where this program's own secrets come from: Vault, when {@code VAULT_ADDR} names one, else the environment. What Vault
 * leases ends with the program.
 */
package io.countinghouse.operations.secret;
