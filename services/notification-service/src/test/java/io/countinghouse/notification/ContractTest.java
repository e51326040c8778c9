package io.countinghouse.notification;

import io.countinghouse.testing.ServiceContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class ContractTest extends ServiceContract {

    @Override
    protected List<String> counters() {
        return List.of("notification_sent_total", "notification_delivered_total");
    }
}
