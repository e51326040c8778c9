package io.countinghouse.usage;

import io.countinghouse.testing.OperationCoverage;

class OperationCoverageTest extends OperationCoverage {}
