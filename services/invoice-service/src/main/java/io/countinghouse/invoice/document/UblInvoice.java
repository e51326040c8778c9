package io.countinghouse.invoice.document;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.invoice.invoice.InvoiceStatus;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.countinghouse.invoice.invoice.Seller;
import io.countinghouse.invoice.period.BilledPeriod;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * An issued invoice as UBL 2.1 in the semantics of EN 16931-1 (business terms BT-n beside what they fill). A tiered
 * line has no single unit price: its price is the line's amount for the whole quantity (BT-146 with BT-149), which
 * keeps the standard's equation of line, quantity and price exact.
 */
final class UblInvoice {
    private static final String INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    private static final String CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static final String CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    /** UN/ECE Recommendation 20: one, a unit without a name. */
    private static final String UNIT = "C62";

    /** UNTDID 1001 commercial invoice; UNTDID 4461 SEPA credit transfer, which moves euros alone, and credit transfer. */
    private static final String COMMERCIAL_INVOICE = "380";

    private static final String SEPA_CREDIT_TRANSFER = "58";
    private static final String CREDIT_TRANSFER = "30";

    /** What the scheme of a tax identifier is called that is not a VAT identifier: any word but VAT (BT-32). */
    private static final String OTHER_TAX = "TAX";

    /** BR-DEC-01 to BR-DEC-28. */
    private static final int MOST_DECIMALS = 2;

    /**
     * Currencies of joda-money that BR-CL-04 does not list, in version 1.3.16 of the rules: those that are no longer, and one
     * that it forgot.
     */
    static final Set<String> UNLISTED_CURRENCIES = Set.of(
            "ADP", "ANG", "ATS", "BEF", "BGN", "BYR", "CUC", "CYP", "DEM", "EEK", "ESP", "FIM", "FRF", "GRD", "HRK",
            "IEP", "ITL", "LTL", "LUF", "LVL", "MRO", "MTL", "NLG", "PTE", "RUR", "SIT", "SKK", "SLL", "STN", "VEF",
            "XEU", "XFU", "ZWL");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final InvoiceView invoice;
    private final XmlElements xml;

    private UblInvoice(InvoiceView invoice, XmlElements xml) {
        this.invoice = invoice;
        this.xml = xml;
    }

    /** @throws ProblemException the {@link #refusal}, where there is one */
    static String of(InvoiceView invoice) {
        refusal(invoice).ifPresent(refusal -> {
            throw refusal;
        });
        StringWriter out = new StringWriter();
        try {
            XmlElements xml = new XmlElements(XMLOutputFactory.newFactory().createXMLStreamWriter(out), CAC, CBC);
            new UblInvoice(invoice, xml).write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("invoice " + invoice.number() + " could not be written as XML", e);
        }
        return out.toString();
    }

    /**
     * Why an invoice has no XML: 409 for a draft and for a void one, of which a payer's software would make a debt; 422 for
     * what EN 16931 cannot say.
     */
    static Optional<ProblemException> refusal(InvoiceView invoice) {
        if (invoice.number() == null) {
            return Optional.of(ProblemException.conflict(
                    "invoice-is-draft", "Invoice '" + invoice.id() + "' is a draft, which has no number to exchange."));
        }
        if (invoice.status() == InvoiceStatus.VOID) {
            return Optional.of(ProblemException.conflict(
                    "invoice-is-void", "Invoice '" + invoice.number() + "' is void: nothing is owed on it."));
        }
        if (invoice.total().getCurrencyUnit().getDecimalPlaces() > MOST_DECIMALS
                || UNLISTED_CURRENCIES.contains(invoice.currency())) {
            return Optional.of(ProblemException.unprocessable(
                    "currency-not-expressible",
                    "Invoice '" + invoice.number() + "' is in " + invoice.currency() + " with "
                            + invoice.total().getCurrencyUnit().getDecimalPlaces()
                            + " decimals; EN 16931 takes current currencies with amounts of " + MOST_DECIMALS
                            + " decimals at the most (BR-CL-04, BR-DEC)."));
        }
        return refusalOf("customer", invoice.customer().country(), invoice)
                .or(() -> refusalOf("seller", invoice.seller().country(), invoice));
    }

    private static Optional<ProblemException> refusalOf(String party, String country, InvoiceView invoice) {
        if (country != null && COUNTRIES.contains(country)) {
            return Optional.empty();
        }
        return Optional.of(ProblemException.unprocessable(
                "country-not-expressible",
                "The " + party + " of invoice '" + invoice.number() + "' has "
                        + (country == null ? "no country" : "the country '" + country + "'")
                        + ", EN 16931 requires one of ISO 3166-1 (BR-CL-14)."));
    }

    private void write() throws XMLStreamException {
        xml.start(INVOICE, "Invoice");
        xml.value("CustomizationID", "urn:cen.eu:en16931:2017"); // BT-24
        xml.value("ID", invoice.number()); // BT-1
        xml.value("IssueDate", day(invoice.issuedAt())); // BT-2
        xml.value("DueDate", day(invoice.dueAt())); // BT-9
        xml.value("InvoiceTypeCode", COMMERCIAL_INVOICE); // BT-3
        xml.value("DocumentCurrencyCode", invoice.currency()); // BT-5
        xml.group("InvoicePeriod", () -> {
            xml.value("StartDate", invoice.firstDay().toString()); // BT-73
            xml.value("EndDate", invoice.lastDay().toString()); // BT-74, inclusive
        });
        xml.group("AccountingSupplierParty", () -> supplier(invoice.seller()));
        xml.group("AccountingCustomerParty", () -> customer(invoice.customer()));
        xml.group("PaymentMeans", () -> {
            xml.value(
                    "PaymentMeansCode",
                    invoice.currency().equals("EUR") ? SEPA_CREDIT_TRANSFER : CREDIT_TRANSFER); // BT-81
            xml.value("PaymentID", invoice.number()); // BT-83
            xml.group(
                    "PayeeFinancialAccount",
                    () -> xml.value("ID", invoice.seller().bankAccount())); // BT-84
        });
        xml.group(
                "PaymentTerms",
                () -> xml.value("Note", "Payable until " + day(invoice.dueAt()) + ", naming " + invoice.number()));
        taxTotal();
        totals();
        for (InvoiceView.Line line : invoice.lines()) {
            line(line);
        }
        xml.end();
    }

    private void supplier(Seller seller) throws XMLStreamException {
        boolean vat = isVatIdentifier(seller.taxId(), seller.country());
        xml.group("Party", () -> {
            xml.group("PartyName", () -> xml.value("Name", seller.name()));
            address(seller.addressLine(), seller.city(), seller.postalCode(), seller.country()); // BG-5
            taxScheme(seller.taxId(), vat ? "VAT" : OTHER_TAX); // BT-31, BT-32
            legalEntity(seller.name(), vat ? null : seller.taxId()); // BT-27, BT-30
            contact(seller.email()); // BT-43
        });
    }

    private void customer(BilledPeriod.Customer customer) throws XMLStreamException {
        boolean vat = isVatIdentifier(customer.taxId(), customer.country());
        xml.group("Party", () -> {
            address(customer.addressLine(), customer.city(), customer.postalCode(), customer.country()); // BG-8
            if (vat) {
                taxScheme(customer.taxId(), "VAT"); // BT-48
            }
            legalEntity(customer.name(), vat ? null : customer.taxId()); // BT-44, BT-47
            contact(customer.email()); // BT-58
        });
    }

    /** BR-CO-09: it begins with the country, for which Greece writes EL; Northern Ireland writes XI. */
    private static boolean isVatIdentifier(String taxId, String country) {
        if (taxId == null) {
            return false;
        }
        return switch (country) {
            case "GR" -> taxId.startsWith("EL") || taxId.startsWith("GR");
            case "GB" -> taxId.startsWith("GB") || taxId.startsWith("XI");
            default -> taxId.startsWith(country);
        };
    }

    private void legalEntity(String name, String registration) throws XMLStreamException {
        xml.group("PartyLegalEntity", () -> {
            xml.value("RegistrationName", name);
            xml.value("CompanyID", registration);
        });
    }

    private void contact(String email) throws XMLStreamException {
        if (email != null && !email.isBlank()) {
            xml.group("Contact", () -> xml.value("ElectronicMail", email));
        }
    }

    private void address(String line, String city, String postalCode, String country) throws XMLStreamException {
        xml.group("PostalAddress", () -> {
            xml.value("StreetName", line);
            xml.value("CityName", city);
            xml.value("PostalZone", postalCode);
            xml.group("Country", () -> xml.value("IdentificationCode", country)); // BT-40, BT-55
        });
    }

    private void taxScheme(String taxId, String scheme) throws XMLStreamException {
        xml.group("PartyTaxScheme", () -> {
            xml.value("CompanyID", taxId);
            scheme(scheme);
        });
    }

    private void taxTotal() throws XMLStreamException {
        xml.group("TaxTotal", () -> {
            xml.money("TaxAmount", invoice.tax()); // BT-110
            for (InvoiceView.TaxLine tax : invoice.taxes()) {
                xml.group("TaxSubtotal", () -> {
                    xml.money("TaxableAmount", tax.taxable()); // BT-116
                    xml.money("TaxAmount", tax.amount()); // BT-117
                    xml.group("TaxCategory", () -> {
                        category(tax);
                        if (tax.code() == null) {
                            xml.value("TaxExemptionReason", "No tax applies to this customer"); // BT-120
                        }
                        vat();
                    });
                });
            }
        });
    }

    /** BT-118 and BT-119: standard rated, zero rated where a rate of 0 % applies, exempt where none does. */
    private void category(InvoiceView.TaxLine tax) throws XMLStreamException {
        boolean zero = new BigDecimal(tax.ratePercent()).signum() == 0;
        xml.value("ID", tax.code() == null ? "E" : zero ? "Z" : "S");
        xml.value("Percent", tax.ratePercent());
    }

    private void totals() throws XMLStreamException {
        xml.group("LegalMonetaryTotal", () -> {
            xml.money("LineExtensionAmount", invoice.net()); // BT-106
            xml.money("TaxExclusiveAmount", invoice.net()); // BT-109
            xml.money("TaxInclusiveAmount", invoice.total()); // BT-112
            xml.money("PayableAmount", invoice.total()); // BT-115, as issued
        });
    }

    private void line(InvoiceView.Line line) throws XMLStreamException {
        boolean used = new BigDecimal(line.quantity()).signum() > 0;
        String quantity = used ? line.quantity() : "1";
        xml.group("InvoiceLine", () -> {
            xml.value("ID", Integer.toString(line.position())); // BT-126
            xml.quantity("InvoicedQuantity", quantity, UNIT); // BT-129, BT-130
            xml.money("LineExtensionAmount", line.amount()); // BT-131
            xml.group("Item", () -> {
                xml.value("Description", describe(line)); // BT-154
                xml.value("Name", line.description()); // BT-153
                xml.group("ClassifiedTaxCategory", () -> {
                    category(invoice.taxes().getFirst()); // BT-151, BT-152
                    vat();
                });
            });
            xml.group("Price", () -> {
                xml.money("PriceAmount", line.amount()); // BT-146
                xml.quantity("BaseQuantity", quantity, UNIT); // BT-149
            });
        });
    }

    private static String describe(InvoiceView.Line line) {
        return line.model().replace('_', ' ') + " price";
    }

    private void vat() throws XMLStreamException {
        scheme("VAT");
    }

    private void scheme(String name) throws XMLStreamException {
        xml.group("TaxScheme", () -> xml.value("ID", name));
    }

    private static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
