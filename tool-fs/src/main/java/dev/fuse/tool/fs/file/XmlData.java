package dev.fuse.tool.fs.file;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * XML as maps: an element's name leads to its content, of several to a list; attributes begin
 * with @.
 */
final class XmlData {

  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private XmlData() {}

  static Map<String, Object> parse(String text) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      // A document type can name files and hosts to read.
      factory.setFeature(NO_DOCTYPE, true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      var root = builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
      var whole = new LinkedHashMap<String, Object>();
      whole.put(root.getTagName(), value(root));
      return whole;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Object value(Element element) {
    var values = new LinkedHashMap<String, Object>();
    var attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      values.put("@" + attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
    }
    for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeType() == Node.ELEMENT_NODE) {
        values.merge(node.getNodeName(), value((Element) node), XmlData::both);
      }
    }
    var text = text(element);
    if (values.isEmpty()) {
      return text;
    }
    if (!text.isEmpty()) {
      values.put("text", text);
    }
    return values;
  }

  private static Object both(Object before, Object next) {
    var all = new ArrayList<Object>(before instanceof List<?> list ? list : List.of(before));
    all.add(next);
    return all;
  }

  private static String text(Element element) {
    var text = new StringBuilder();
    for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
        text.append(node.getNodeValue());
      }
    }
    return text.toString().strip();
  }
}
