/** Texts that every part of the product can keep: each has a UTF-8 form and holds no NUL, which PostgreSQL refuses. */
package io.countinghouse.defaults.text;
