/**
 * HashiCorp Vault (or OpenBao) as the place where secrets come from: switched on by the profile {@code vault}, never
 * contacted without it. Here is only what is particular to Vault; who needs a secret asks the package {@code secret}.
 */
package io.countinghouse.defaults.vault;
