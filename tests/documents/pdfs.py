"""PDF files made by hand for tests: pages of content streams in Helvetica, annotations, properties, attachments."""

from collections.abc import Sequence

WIDTH, HEIGHT = 600, 800


def text(words: str, x: float = 50, y: float = 700, *, size: int = 12, mode: int = 0, colour: str = "0 0 0") -> str:
    """Words at a place; render mode 3 is without ink."""
    return f"BT {colour} rg {mode} Tr /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"


def box(x: float, y: float, width: float, height: float, *, colour: str = "0 0 0", state: str = "") -> str:
    """A filled box."""
    return f"q {f'/{state} gs ' if state else ''}{colour} rg {x} {y} {width} {height} re f Q\n"


def picture(x: float, y: float, width: float, height: float) -> str:
    """A grey picture."""
    return f"q {width} 0 0 {height} {x} {y} cm /Im1 Do Q\n"


def pdf(
    *pages: str, annotations: Sequence[str] = (), info: str = "", names: str = "", objects: Sequence[str] = ()
) -> bytes:
    """A PDF whose pages have those contents; annotations stand on the first page, `objects` are numbered
    from 20, the first of which may be the form `Fm1`."""
    kids = " ".join(f"{100 + 2 * n} 0 R" for n in range(len(pages)))
    parts = {
        1: f"<</Type/Catalog/Pages 2 0 R{f'/Names<<{names}>>' if names else ''}>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: stream(
            "808080",
            "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/ASCIIHexDecode",
        ),
        5: "<</ca 0.3/BM/Multiply>>",
        6: f"<<{info}>>",
        **{20 + n: body for n, body in enumerate(objects)},
    }
    for n, content in enumerate(pages):
        noted = f"/Annots[{' '.join(annotations)}]" if annotations and n == 0 else ""
        parts[100 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {101 + 2 * n} 0 R{noted}"
            "/Resources<</Font<</F1 3 0 R>>/XObject<</Im1 4 0 R/Fm1 20 0 R>>/ExtGState<</Soft 5 0 R>>>>>>"
        )
        parts[101 + 2 * n] = stream(content)
    return _written(parts)


def stream(content: str, entries: str = "") -> str:
    """A stream object."""
    return f"<</Length {len(content.encode('latin-1'))}{entries}>>\nstream\n{content}\nendstream"


def _written(parts: dict[int, str]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(parts.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += b"xref\n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    out += f"trailer\n<</Root 1 0 R/Info 6 0 R/Size {max(parts) + 1}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
