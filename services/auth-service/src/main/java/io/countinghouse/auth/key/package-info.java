/**
 * The keys that sign access tokens, and the tokens. A key is first published (NEXT), then signs (ACTIVE), then only
 * verifies what it signed (RETIRED); the key set lists all three, so that no verifier ever meets a key it could not
 * have known. Private keys are encrypted at rest, or held by Vault.
 */
package io.countinghouse.auth.key;
