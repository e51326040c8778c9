/**
 * What holds for each request before a resource sees it: it is well-formed, it is no longer than it may be, and it ends.
 */
package io.countinghouse.defaults.http;
