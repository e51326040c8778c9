/** The Secrets of an installation in Kubernetes: made when they are missing, and never replaced. */
package io.countinghouse.operations.kubernetes;
