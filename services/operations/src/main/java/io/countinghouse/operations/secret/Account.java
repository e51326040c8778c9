package io.countinghouse.operations.secret;

/** A name, and the password that goes with it. */
public record Account(String name, String password) {

    /** Without the password: this is what ends up in messages. */
    @Override
    public String toString() {
        return name;
    }
}
