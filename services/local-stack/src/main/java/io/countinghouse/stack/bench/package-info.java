/** Measurements on a stack of its own: how processes of a service divide work, and what memory the services need. */
package io.countinghouse.stack.bench;
