package io.countinghouse.invoice;

import io.countinghouse.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
