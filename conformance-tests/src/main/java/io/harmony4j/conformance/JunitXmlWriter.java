package io.harmony4j.conformance;

import io.harmony4j.conformance.Report.Result;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a report as the XML that build servers read: JUnit's. */
final class JunitXmlWriter {
    private static final double MILLIS_PER_SECOND = 1e3;

    private final XMLStreamWriter xml;

    private JunitXmlWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String write(Report report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new JunitXmlWriter(xml).writeReport(report);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML into memory", e);
        }
        return text.append('\n').toString();
    }

    private void writeReport(Report report) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        attribute("name", "Harmony conformance " + report.suite() + ": " + report.implementation());
        Map<String, List<Result>> byCategory = report.results().stream()
                .collect(Collectors.groupingBy(Result::category, TreeMap::new, Collectors.toList()));
        for (Map.Entry<String, List<Result>> category : byCategory.entrySet()) {
            line();
            writeSuite(category.getKey(), category.getValue());
        }
        if (report.crashes() > 0) {
            line();
            writeCrashes(report);
        }
        line();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    /** A build server must not be green about an implementation that crashes now and then. */
    private void writeCrashes(Report report) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", "crashes");
        attribute("tests", "1");
        attribute("failures", "0");
        attribute("errors", "1");
        attribute("skipped", "0");
        xml.writeStartElement("testcase");
        attribute("classname", "harmony.crashes");
        attribute("name", "implementation-never-crashes");
        xml.writeStartElement("error");
        attribute(
                "message", "expected an implementation that never crashes but found " + report.crashes() + " crashes");
        xml.writeCharacters(XmlText.printable(String.join("\n", report.log())));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void writeSuite(String category, List<Result> results) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", category);
        attribute("tests", String.valueOf(results.size()));
        attribute("failures", count(results, Verdict.FAIL));
        attribute("errors", count(results, Verdict.ERROR));
        attribute("skipped", count(results, Verdict.SKIP));
        attribute("time", seconds(results.stream().mapToDouble(Result::millis).sum()));
        for (Result result : results) {
            line();
            writeCase(result);
        }
        line();
        xml.writeEndElement();
    }

    private void writeCase(Result result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", "harmony." + result.category());
        attribute("name", result.id());
        attribute("time", seconds(result.millis()));
        switch (result.verdict()) {
            case PASS -> {}
            case NON_STRICT -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(XmlText.printable(result.verdict() + ": " + result.reason()));
                xml.writeEndElement();
            }
            case FAIL -> writeBad("failure", result);
            case ERROR -> writeBad("error", result);
            case SKIP -> {
                xml.writeEmptyElement("skipped");
                attribute("message", result.reason());
            }
        }
        xml.writeEndElement();
    }

    private void writeBad(String element, Result result) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("type", result.level().name());
        attribute("message", result.reason());
        xml.writeCharacters(XmlText.printable("expected " + result.expected() + "\nfound    " + result.actual()));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, XmlText.printable(value));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String count(List<Result> results, Verdict verdict) {
        return String.valueOf(
                results.stream().filter(result -> result.verdict() == verdict).count());
    }

    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.6f", millis / MILLIS_PER_SECOND);
    }
}
