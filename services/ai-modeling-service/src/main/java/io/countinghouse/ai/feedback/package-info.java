/** What people think of a generation: from one to five, with a comment, one opinion each. */
package io.countinghouse.ai.feedback;
