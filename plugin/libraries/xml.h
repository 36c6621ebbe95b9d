/*
 * libxml2, once library_load(LIBRARY_XML) has said yes.
 */
#ifndef GALLEY_LIBRARIES_XML_H
#define GALLEY_LIBRARIES_XML_H

#include "libraries/library.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

/* clang-format off */
#define XML_FUNCTIONS(use) \
    use(htmlEntityLookup) use(xmlAddChild) use(xmlCreatePushParserCtxt) use(xmlCtxtGetLastError) \
    use(xmlCtxtReadMemory) use(xmlCtxtUseOptions) use(xmlDocGetRootElement) \
    use(xmlDocSetRootElement) use(xmlFirstElementChild) use(xmlFree) use(xmlFreeDoc) \
    use(xmlFreeParserCtxt) use(xmlGetLineNo) use(xmlGetNoNsProp) use(xmlGetNsList) \
    use(xmlGetNsProp) use(xmlGetProp) use(xmlHasProp) use(xmlNewDoc) use(xmlNewDocNode) \
    use(xmlNewDocTextLen) use(xmlNewNs) use(xmlNewParserCtxt) use(xmlNewProp) \
    use(xmlNextElementSibling) use(xmlNodeGetContent) use(xmlNodeListGetString) \
    use(xmlParseChunk) use(xmlReadMemory) use(xmlSetNs) use(xmlXPathCastToString) \
    use(xmlXPathEvalExpression) use(xmlXPathFreeContext) use(xmlXPathFreeObject) \
    use(xmlXPathNewContext) use(xmlXPathNewString) use(xmlXPathRegisterNs) \
    use(xmlXPathRegisterVariable) use(xmlXPathSetContextNode)
/* clang-format on */

extern struct xml_functions { XML_FUNCTIONS(LIBRARY_MEMBER) } library_xml;

#ifndef LIBRARY_NAMES
#define htmlEntityLookup (*library_xml.call_htmlEntityLookup)
#define xmlAddChild (*library_xml.call_xmlAddChild)
#define xmlCreatePushParserCtxt (*library_xml.call_xmlCreatePushParserCtxt)
#define xmlCtxtGetLastError (*library_xml.call_xmlCtxtGetLastError)
#define xmlCtxtReadMemory (*library_xml.call_xmlCtxtReadMemory)
#define xmlCtxtUseOptions (*library_xml.call_xmlCtxtUseOptions)
#define xmlDocGetRootElement (*library_xml.call_xmlDocGetRootElement)
#define xmlDocSetRootElement (*library_xml.call_xmlDocSetRootElement)
#define xmlFirstElementChild (*library_xml.call_xmlFirstElementChild)
#define xmlFree (*library_xml.call_xmlFree)
#define xmlFreeDoc (*library_xml.call_xmlFreeDoc)
#define xmlFreeParserCtxt (*library_xml.call_xmlFreeParserCtxt)
#define xmlGetLineNo (*library_xml.call_xmlGetLineNo)
#define xmlGetNoNsProp (*library_xml.call_xmlGetNoNsProp)
#define xmlGetNsList (*library_xml.call_xmlGetNsList)
#define xmlGetNsProp (*library_xml.call_xmlGetNsProp)
#define xmlGetProp (*library_xml.call_xmlGetProp)
#define xmlHasProp (*library_xml.call_xmlHasProp)
#define xmlNewDoc (*library_xml.call_xmlNewDoc)
#define xmlNewDocNode (*library_xml.call_xmlNewDocNode)
#define xmlNewDocTextLen (*library_xml.call_xmlNewDocTextLen)
#define xmlNewNs (*library_xml.call_xmlNewNs)
#define xmlNewParserCtxt (*library_xml.call_xmlNewParserCtxt)
#define xmlNewProp (*library_xml.call_xmlNewProp)
#define xmlNextElementSibling (*library_xml.call_xmlNextElementSibling)
#define xmlNodeGetContent (*library_xml.call_xmlNodeGetContent)
#define xmlNodeListGetString (*library_xml.call_xmlNodeListGetString)
#define xmlParseChunk (*library_xml.call_xmlParseChunk)
#define xmlReadMemory (*library_xml.call_xmlReadMemory)
#define xmlSetNs (*library_xml.call_xmlSetNs)
#define xmlXPathCastToString (*library_xml.call_xmlXPathCastToString)
#define xmlXPathEvalExpression (*library_xml.call_xmlXPathEvalExpression)
#define xmlXPathFreeContext (*library_xml.call_xmlXPathFreeContext)
#define xmlXPathFreeObject (*library_xml.call_xmlXPathFreeObject)
#define xmlXPathNewContext (*library_xml.call_xmlXPathNewContext)
#define xmlXPathNewString (*library_xml.call_xmlXPathNewString)
#define xmlXPathRegisterNs (*library_xml.call_xmlXPathRegisterNs)
#define xmlXPathRegisterVariable (*library_xml.call_xmlXPathRegisterVariable)
#define xmlXPathSetContextNode (*library_xml.call_xmlXPathSetContextNode)
#endif

#endif
