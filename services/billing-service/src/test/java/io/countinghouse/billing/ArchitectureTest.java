package io.countinghouse.billing;

import io.countinghouse.testing.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
