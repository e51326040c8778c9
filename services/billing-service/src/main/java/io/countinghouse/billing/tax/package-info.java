/** Tax rates of the operator, and which of them applies to a customer. What is owed in tax is invoice-service's. */
package io.countinghouse.billing.tax;
