"""The styles of a report in Word: few, real ones, so that a reader's own template can take their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Calibri"
"""On every Word; LibreOffice sets Carlito in its place, which has the same widths."""
_INK, _ACCENT, _QUIET, _RULE, _SHADE = "1D2024", "1F4B77", "52575D", "9AA1A9", "EEF2F6"
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_UNUSED = ("Light", "Medium", "Dark", "Colorful")  # beginnings of names

# id: (name, what it follows, paragraph properties, run properties); sizes in half points, spaces in twentieths.
_STYLES: dict[str, tuple[str, str, str, str]] = {
    "Title": (
        "Title",
        "Normal",
        '<w:keepNext/><w:spacing w:before="240" w:after="80" w:line="240" w:lineRule="auto"/>',
        f'<w:b/><w:color w:val="{_INK}"/><w:sz w:val="44"/>',
    ),
    "Subtitle": (
        "Subtitle",
        "Normal",
        '<w:spacing w:after="320"/>',
        f'<w:color w:val="{_QUIET}"/><w:sz w:val="22"/>',
    ),
    "Heading1": (
        "heading 1",
        "Normal",
        '<w:keepNext/><w:keepLines/><w:spacing w:before="480" w:after="120"/><w:outlineLvl w:val="0"/>',
        f'<w:b/><w:color w:val="{_ACCENT}"/><w:sz w:val="32"/>',
    ),
    "Heading2": (
        "heading 2",
        "Normal",
        '<w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="80"/><w:outlineLvl w:val="1"/>',
        f'<w:b/><w:color w:val="{_ACCENT}"/><w:sz w:val="26"/>',
    ),
    "Heading3": (
        "heading 3",
        "Normal",
        '<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="2"/>',
        f'<w:b/><w:color w:val="{_INK}"/><w:sz w:val="22"/>',
    ),
    "Caption": (
        "caption",
        "Normal",
        '<w:keepLines/><w:spacing w:before="200" w:after="80" w:line="240" w:lineRule="auto"/>',
        f'<w:color w:val="{_INK}"/><w:sz w:val="19"/>',
    ),
    "Figure": ("Figure", "Caption", '<w:keepNext/><w:spacing w:before="200" w:after="0"/><w:jc w:val="center"/>', ""),
    "Quote": (
        "Quote",
        "Normal",
        '<w:keepLines/><w:spacing w:after="120"/><w:ind w:left="454" w:right="454"/>',
        "<w:i/>",
    ),
    "QuoteSource": ("Quote Source", "", "", f'<w:i w:val="0"/><w:color w:val="{_QUIET}"/><w:sz w:val="19"/>'),
    "Warning": (
        "Warning",
        "Normal",
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{_INK}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/><w:spacing w:after="200"/>',
        "<w:b/>",
    ),
    "TableText": (
        "Table Text",
        "Normal",
        '<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>',
        '<w:sz w:val="18"/>',
    ),
    "TableNumber": ("Table Number", "TableText", '<w:jc w:val="center"/>', ""),
    "TableTextSmall": ("Table Text Small", "TableText", "", '<w:sz w:val="16"/>'),
    "TableNumberSmall": ("Table Number Small", "TableNumber", "", '<w:sz w:val="16"/>'),
    "TableNote": (
        "Table Note",
        "Normal",
        '<w:keepLines/><w:spacing w:before="60" w:after="0" w:line="240" w:lineRule="auto"/>',
        f'<w:color w:val="{_QUIET}"/><w:sz w:val="16"/>',
    ),
    "TOCHeading": (
        "TOC Heading",
        "Normal",
        '<w:keepNext/><w:spacing w:before="240" w:after="80"/>',
        f'<w:b/><w:color w:val="{_ACCENT}"/><w:sz w:val="26"/>',
    ),
    "TOC1": (
        "toc 1",
        "Normal",
        '<w:tabs><w:tab w:val="right" w:pos="9410"/></w:tabs><w:spacing w:before="60" w:after="20"/>',
        "",
    ),
    "TOC2": (
        "toc 2",
        "Normal",
        '<w:tabs><w:tab w:val="right" w:pos="9410"/></w:tabs><w:spacing w:after="20"/><w:ind w:left="284"/>',
        "",
    ),
}

_TABLE = f"""
<w:style xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:type="table" w:customStyle="1"
         w:styleId="ReportTable">
  <w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="D5D9DE"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="20" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>
      <w:bottom w:w="20" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tblPr/>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_RULE}"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>
      <w:vAlign w:val="bottom"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>
"""


def set_up_styles(document: Document, language: str) -> None:
    """Give a new document the styles of a report, and its language."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        name = style.find(qn("w:name")).get(qn("w:val"), "")
        link = style.find(qn("w:link"))
        partner = link is not None and link.get(qn("w:val")) in _STYLES
        known = style.get(qn("w:styleId")) in _STYLES or partner
        if known or (style.get(qn("w:type")) == "table" and name.startswith(_UNUSED)):
            styles.remove(style)
    for id, parts in _STYLES.items():
        styles.append(parse_xml(_style(id, *parts)))
    styles.append(parse_xml(_TABLE))
    _set_defaults(document, _LANGUAGES[language])


def _style(id: str, name: str, based_on: str, paragraph: str, run: str) -> str:
    kind = "paragraph" if based_on else "character"
    own = "" if name[0].islower() or name in ("Title", "Subtitle", "Quote", "TOC Heading") else ' w:customStyle="1"'
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    after = "" if not based_on or id.startswith("Table") else '<w:next w:val="Normal"/>'
    properties = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    return (
        '<w:style xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'w:type="{kind}"{own} w:styleId="{id}"><w:name w:val="{name}"/>{base}{after}'
        f'<w:uiPriority w:val="9"/><w:qFormat/>{properties}{f"<w:rPr>{run}</w:rPr>" if run else ""}</w:style>'
    )


def _set_defaults(document: Document, language: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults"))
    fresh = parse_xml(
        '<w:docDefaults xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/><w:color w:val="{_INK}"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="271" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    defaults.getparent().replace(defaults, fresh)
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    comma = not language.startswith("en")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), "," if comma else ".")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";" if comma else ",")
