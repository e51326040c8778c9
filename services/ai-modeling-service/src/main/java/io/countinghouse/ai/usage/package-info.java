/** What a tenant has used, read from usage-service as an evenly spaced series without gaps. */
package io.countinghouse.ai.usage;
