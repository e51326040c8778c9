/**
 * Machines: service accounts with scopes, of the operator or of one tenant, and the OAuth 2.0 token endpoint where they
 * exchange their secret for an access token. The seven services are such machines too, made known by configuration.
 */
package io.countinghouse.auth.machine;
