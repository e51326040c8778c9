/** One effect per {@code Idempotency-Key}, however often the request is sent. */
package io.countinghouse.defaults.idempotency;
