/**
 * Passwords: which are accepted, how they are hashed, and on which threads. Argon2id costs about a tenth of a second of
 * CPU and 19 MiB, so hashes run on a small pool of their own with a short queue; when that is full the caller is told
 * to come back, and everything else goes on.
 */
package io.countinghouse.auth.password;
