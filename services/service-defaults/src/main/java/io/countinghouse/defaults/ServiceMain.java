package io.countinghouse.defaults;

import io.countinghouse.defaults.tls.TrustedAuthorities;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where each service's process begins: what must be known before anything of the application is made. */
@QuarkusMain
public class ServiceMain {

    public static void main(String... arguments) {
        TrustedAuthorities.install();
        Quarkus.run(arguments);
    }
}
