/**
 * OpenAI's chat completions, so that existing clients work by changing their base URL. What is asked goes to the
 * configured endpoint as it came; it is recorded and metered like any other generation. Errors have OpenAI's shape.
 */
package io.countinghouse.ai.chat;
