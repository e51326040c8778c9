/**
 * The one secret of this service, from configuration, and what is made with it: encryption of the signing keys, and
 * tokens that can be derived again instead of being stored. Also how opaque tokens look and are hashed.
 */
package io.countinghouse.auth.secret;
