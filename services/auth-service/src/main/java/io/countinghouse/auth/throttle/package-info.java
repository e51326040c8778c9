/**
 * How often passwords may be tried, and how often strangers may sign up. Counted per account and client address together, so
 * that an attacker slows down himself and not the owner of the account, who comes from elsewhere; per account from all
 * addresses that it does not know, so that many addresses do not help; and per client address and network, so that one password
 * tried on many accounts does not either. Counted in the database, so that replicas count together and a restart forgets
 * nothing.
 */
package io.countinghouse.auth.throttle;
