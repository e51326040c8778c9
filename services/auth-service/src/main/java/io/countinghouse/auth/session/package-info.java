/**
 * Logins. A session is one login; its refresh tokens form a family in which each is good for one exchange and has one
 * child. A token that comes back after its exchange was stolen by somebody, and ends the session, except shortly after
 * the exchange: then two tabs or a lost answer are likelier, and the same child is given again. The child is computed
 * from its parent and the server's secret, so that this needs nothing but hashes in the database.
 */
package io.countinghouse.auth.session;
