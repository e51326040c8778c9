/**
 * Who calls: access tokens verified locally against the key set of auth-service, revocations honoured within a second,
 * and the names of roles and scopes.
 */
package io.countinghouse.defaults.security;
