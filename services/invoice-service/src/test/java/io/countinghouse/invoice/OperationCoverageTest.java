package io.countinghouse.invoice;

import io.countinghouse.testing.OperationCoverage;

class OperationCoverageTest extends OperationCoverage {}
