package io.countinghouse.ai.provider;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The providers by name. */
@ApplicationScoped
public class Providers {

    public static final String BUILT_IN = "built-in";
    public static final String OPENAI_COMPATIBLE = "openai-compatible";

    private final List<Provider> providers;

    Providers(@All List<Provider> providers) {
        this.providers = providers;
    }

    public Provider named(String name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no provider '" + name + "'"));
    }
}
