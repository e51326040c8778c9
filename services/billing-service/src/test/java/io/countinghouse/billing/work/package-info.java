/** How the processes of a service divide periodic work; tried here, where there is a database and much of such work. */
package io.countinghouse.billing.work;
