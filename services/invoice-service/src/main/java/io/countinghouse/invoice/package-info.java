/**
 * invoice-service: the document. A billed period becomes a draft, a draft gets a number and is final, a final invoice
 * is paid or void, and what was wrong with it is credited. It decides tax; what a line costs was decided by
 * billing-service.
 */
package io.countinghouse.invoice;
