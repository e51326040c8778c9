/**
 * Secrets: where they come from, which version is in use and how old it is, and the sealing of those that a service must
 * be able to read again. A secret comes from configuration, or from Vault where that is switched on; then a new version is
 * picked up while the service runs, and the last one stays in use while Vault is away.
 */
package io.countinghouse.defaults.secret;
