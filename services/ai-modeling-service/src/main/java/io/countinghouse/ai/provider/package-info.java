/**
 * Who answers: the built-in provider forecasts and explains with statistics alone; any endpoint that speaks OpenAI's chat
 * completions explains and chats. Both take a {@link io.countinghouse.ai.provider.Task} and give an
 * {@link io.countinghouse.ai.provider.Answer}, with the tokens it took.
 */
package io.countinghouse.ai.provider;
