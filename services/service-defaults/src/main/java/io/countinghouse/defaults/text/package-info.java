/**
 * Texts that every part of the product can keep, compare and show: each has a UTF-8 form and holds no NUL, which PostgreSQL
 * refuses; an e-mail address has one canonical spelling; a name shows something, in one line.
 */
package io.countinghouse.defaults.text;
