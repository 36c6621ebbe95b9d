"""Writes documents that are archives, as several writers would: archives.py FOLDER

Deflated with a comment, stored, and streamed (sizes behind the entries); one document each of DOCX
and ODT with a slip in one paragraph.
"""
import pathlib
import sys
import zipfile

folder = pathlib.Path(sys.argv[1])
folder.mkdir()
SLIP = "They went tosupport the plan, and they recieved him."
STORY = ["The council met again.", SLIP, "Nobody else came to the hall."]
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPC = "http://schemas.openxmlformats.org/package/2006/"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCX = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{OPC}content-types"><Default Extension="rels" ContentType="application/'
                           'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
                           f'ContentType="{MAIN}"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{OPC}relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
                   'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>'
                         + "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in STORY) + "</w:body></w:document>",
}
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
TYPE = "application/vnd.oasis.opendocument.text"
ODT = {
    "mimetype": TYPE,
    "content.xml": f'{HEAD}<office:document-content xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" office:version="1.3">'
                   "<office:body><office:text>" + "".join(f"<text:p>{text}</text:p>" for text in STORY)
                   + "</office:text></office:body></office:document-content>",
    "META-INF/manifest.xml": f'{HEAD}<manifest:manifest xmlns:manifest="{ODF}manifest:1.0" manifest:version="1.3"><manifest:file-entry '
                             f'manifest:full-path="/" manifest:media-type="{TYPE}"/><manifest:file-entry manifest:full-path="content.xml" '
                             'manifest:media-type="text/xml"/></manifest:manifest>',
}


class Stream:
    """A file that cannot go back."""

    def __init__(self, file):
        self.write = file.write
        self.flush = file.flush


def write(file, parts, compression, comment=b""):
    with zipfile.ZipFile(file, "w", compression, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else compression)
        archive.comment = comment


for name, parts in (("docx", DOCX), ("odt", ODT)):
    write(folder / f"deflated.{name}", parts, zipfile.ZIP_DEFLATED, b"a comment")
    write(folder / f"stored.{name}", parts, zipfile.ZIP_STORED)
    with open(folder / f"streamed.{name}", "wb") as file:
        write(Stream(file), parts, zipfile.ZIP_DEFLATED)
