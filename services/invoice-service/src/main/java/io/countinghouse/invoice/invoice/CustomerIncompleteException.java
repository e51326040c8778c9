package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import java.util.List;

/** The customer's profile lacks what an invoice must say: the draft stays one, and waits. */
class CustomerIncompleteException extends ProblemException {
    private static final long serialVersionUID = 1L;

    CustomerIncompleteException(InvoiceView draft, List<String> missing) {
        super(
                422,
                "customer-incomplete",
                "Customer incomplete",
                "The billing profile of tenant '" + draft.tenantId() + "' has no " + String.join(", ", missing)
                        + ": an invoice must name them. The draft '" + draft.id() + "' waits for it.",
                missing.stream()
                        .map(field -> new FieldError(field, "is missing in the customer's billing profile"))
                        .toList());
    }
}
