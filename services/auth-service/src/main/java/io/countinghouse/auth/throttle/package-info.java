/**
 * How often passwords may be tried. Counted per account and client address together, so that an attacker slows down
 * himself and not the owner of the account, who comes from elsewhere; and per client address, so that he gains nothing by
 * trying one password on many accounts, though not for those who have logged in from there before. Counted in the database, so that replicas count together.
 */
package io.countinghouse.auth.throttle;
