"""Office files made by hand for tests: their parts in a zip file, with the fewest declarations that make them whole."""

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def relations(targets: dict[str, str]) -> str:
    """A part of relationships: kind of the relation → target."""
    found = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items(), 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )


def word_xml(body: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?><w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"


def docx(body: str, **parts: str) -> bytes:
    """A Word file; `parts` are further parts by the kind of their relation, the inner XML of each."""
    roots = {"styles": "styles", "numbering": "numbering", "header": "hdr", "footer": "ftr"}
    others = {
        f"word/{kind}.xml": f"<w:{roots.get(kind, kind)} {_NAMESPACES}>{xml}</w:{roots.get(kind, kind)}>"
        for kind, xml in parts.items()
    }
    return zipped(
        {
            "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
            "word/document.xml": word_xml(body),
            "word/_rels/document.xml.rels": relations({kind: f"{kind}.xml" for kind in parts}),
            **others,
        }
    )


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; a run that is no markup is put into one."""
    inside = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(inside: str, properties: str = "") -> str:
    """A run of markup."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def tc(text: str = "", properties: str = "") -> str:
    """A cell of a table."""
    inside = text if text.startswith("<") else p(text) if text else p()
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of a table; a cell that is no markup is put into one."""
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def xlsx(*sheets: str, shared: str = "", styles: str = "", names: str = "", book: str = "") -> bytes:
    """A workbook; each sheet is what stands in its `worksheet`, `names` the attributes of each `sheet` apart by `|`."""
    told = names.split("|") if names else [""] * len(sheets)
    listed = "".join(f'<sheet name="表{i}" sheetId="{i}" r:id="r{i}" {more}/>' for i, more in enumerate(told, 1))
    targets = {f"worksheet{i}": f"worksheets/sheet{i}.xml" for i in range(1, len(sheets) + 1)}
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}">{book}<sheets>{listed}</sheets></workbook>',
    }
    for i, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>'
    if shared:
        targets["sharedStrings"] = "sharedStrings.xml"
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SHEET}">{shared}</sst>'
    if styles:
        targets["styles"] = "styles.xml"
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = relations(targets)
    return zipped(parts)
