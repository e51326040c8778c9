package io.countinghouse.stack.chaos;

import io.countinghouse.operations.ServiceName;
import java.util.function.UnaryOperator;

/**
 * What is written to a service.
 *
 * @param path of the operation, a POST
 * @param contentType of the body
 * @param body of the write that a marker names
 * @param rows a query of the service's database: each marker that begins as the parameter says, and how many rows have it
 */
public record Target(ServiceName service, String path, String contentType, UnaryOperator<String> body, String rows) {}
