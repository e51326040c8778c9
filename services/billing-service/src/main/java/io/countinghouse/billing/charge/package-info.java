/**
 * What one price costs in one period: reads what rating needs of usage, and in a part of an interval what the other parts
 * have to do with it. Bills and previews are made of the same charges.
 */
package io.countinghouse.billing.charge;
