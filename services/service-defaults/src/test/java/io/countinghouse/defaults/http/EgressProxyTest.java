package io.countinghouse.defaults.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.defaults.http.EgressProxy.EgressConfig;
import io.vertx.core.net.ProxyOptions;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressProxyTest {

    @ParameterizedTest
    @CsvSource({
        "api.stripe.com, true",
        "hooks.customer.example, true",
        "vllm.models.svc, false",
        "VLLM.models.svc, false",
        "models, false",
        "notmodels, true"
    })
    void othersAreCalledThroughTheProxyButForTheExcepted(String host, boolean isProxied) {
        // Given
        EgressProxy proxy = with(Optional.of(URI.create("http://proxy.example.com:3128")));

        // When
        Optional<ProxyOptions> options = proxy.optionsFor(host);

        // Then
        assertThat(options.map(each -> each.getHost() + ":" + each.getPort()))
                .isEqualTo(isProxied ? Optional.of("proxy.example.com:3128") : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.stripe.com", "models"})
    void withoutAProxyAllAreCalledDirectly(String host) {
        // Given
        EgressProxy proxy = with(Optional.empty());

        // Then
        assertThat(proxy.optionsFor(host)).isEmpty();
    }

    private static EgressProxy with(Optional<URI> proxy) {
        return new EgressProxy(new EgressConfig() {
            @Override
            public Optional<URI> proxy() {
                return proxy;
            }

            @Override
            public Optional<List<String>> except() {
                return Optional.of(List.of(".svc", "models"));
            }
        });
    }
}
