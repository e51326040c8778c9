package io.countinghouse.invoice.document;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.joda.money.Money;

/** Writes a UBL document: aggregates with content, basic elements with a value; an empty value is left out. */
final class XmlElements {
    private final XMLStreamWriter out;
    private final String aggregates;
    private final String basics;

    XmlElements(XMLStreamWriter out, String aggregates, String basics) {
        this.out = out;
        this.aggregates = aggregates;
        this.basics = basics;
    }

    interface Content {
        void write() throws XMLStreamException;
    }

    void start(String namespace, String root) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.writeStartElement("", root, namespace);
        out.writeDefaultNamespace(namespace);
        out.writeNamespace("cac", aggregates);
        out.writeNamespace("cbc", basics);
    }

    void end() throws XMLStreamException {
        out.writeEndElement();
        out.writeEndDocument();
        out.close();
    }

    void group(String name, Content content) throws XMLStreamException {
        out.writeStartElement("cac", name, aggregates);
        content.write();
        out.writeEndElement();
    }

    void value(String name, String value) throws XMLStreamException {
        if (value != null && !value.isBlank()) {
            out.writeStartElement("cbc", name, basics);
            out.writeCharacters(LegalText.of(value));
            out.writeEndElement();
        }
    }

    void money(String name, Money money) throws XMLStreamException {
        attributed(
                name,
                "currencyID",
                money.getCurrencyUnit().getCode(),
                money.getAmount().toPlainString());
    }

    void quantity(String name, String quantity, String unit) throws XMLStreamException {
        attributed(name, "unitCode", unit, quantity);
    }

    private void attributed(String name, String attribute, String of, String value) throws XMLStreamException {
        out.writeStartElement("cbc", name, basics);
        out.writeAttribute(attribute, of);
        out.writeCharacters(LegalText.of(value));
        out.writeEndElement();
    }
}
