package io.countinghouse.invoice.document;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XPathSelector;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltExecutable;

/**
 * The validation rules that CEN publishes for EN 16931 in UBL (https://github.com/ConnectingEurope/eInvoicing-EN16931), as
 * published. Blocking: the rules take seconds to be read, once, and then some milliseconds for a document.
 */
@ApplicationScoped
class En16931Rules {
    private static final String STYLESHEET = "/external/schematron/1.3.16/ubl/EN16931-UBL-validation.xslt";

    private final Processor processor = new Processor(false);
    private volatile XsltExecutable rules;

    /** The fatal rules that a document breaks, each with its identifier and the rule's own words. */
    List<String> brokenBy(String xml) {
        try {
            XdmDestination report = new XdmDestination();
            Xslt30Transformer transformer = rules().load30();
            transformer.applyTemplates(new StreamSource(new StringReader(xml)), report);
            XPathSelector failed = processor
                    .newXPathCompiler()
                    .compile("//*:failed-assert[@flag = 'fatal']")
                    .load();
            failed.setContextItem(report.getXdmNode());
            List<String> broken = new ArrayList<>();
            for (XdmItem item : failed) {
                XdmNode rule = (XdmNode) item;
                broken.add(rule.getAttributeValue(new QName("id")) + " "
                        + rule.getStringValue().strip());
            }
            return broken;
        } catch (SaxonApiException e) {
            throw new IllegalStateException("the rules of EN 16931 could not be applied", e);
        }
    }

    private XsltExecutable rules() throws SaxonApiException {
        if (rules == null) {
            synchronized (this) {
                if (rules == null) {
                    InputStream stylesheet = En16931Rules.class.getResourceAsStream(STYLESHEET);
                    rules = processor.newXsltCompiler().compile(new StreamSource(stylesheet));
                }
            }
        }
        return rules;
    }
}
