/**
 * TLS between the services, switched on by the profile {@code tls} beside {@code vault}: each process has a certificate of Vault's
 * PKI engine, made at its start and again when two thirds of its time are over, and trusts the engine's authority.
 */
package io.countinghouse.defaults.tls;
