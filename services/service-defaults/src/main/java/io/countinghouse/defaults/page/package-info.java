/** Lists in pages: {@code {"data": [...], "next": cursor}} with {@code limit} and {@code after}. */
package io.countinghouse.defaults.page;
