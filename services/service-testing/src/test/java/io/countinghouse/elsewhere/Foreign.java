package io.countinghouse.elsewhere;

/** Stands for a class of another service. */
public class Foreign {}
