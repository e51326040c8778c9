/** Money and numbers in JSON: decimals in strings, exact, with their currency; floating point never occurs. */
package io.countinghouse.defaults.money;
