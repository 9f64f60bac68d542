"""Layouts A to P of text: how the rows of a table become lines."""

from collections.abc import Callable
from random import Random

from tests.report.drawn_layouts import DRAWN, total_first
from tests.report.renderings import Drawn, Layout, Row, text_of

from gongkai.documents.blocks import Document, Grid, Paragraph


def _by_line(line: Callable[[Row], str], *, holes: bool = True, lossless: bool = True) -> Layout:
    return Layout(lambda tables, _: text_of(tables, lambda rows: [line(row) for row in rows]), lossless, holes)


def _by_cell(lines: Callable[[list[str]], list[str]], *, holes: bool = True, lossless: bool = True) -> Layout:
    """Every cell of the table in one list; `lines` prints them."""

    def lay(tables: Drawn, _source: Random) -> Document:
        return text_of(tables, lambda rows: lines([text for row in rows for text in (*row.own, *row.figures)]))

    return Layout(lay, lossless, holes)


def _merged(row: Row) -> list[str]:
    return [*(label or "" for label in row.labels), *row.figures]


def _own(row: Row) -> list[str]:
    return [*row.own, *row.figures]


def _last(row: Row) -> list[str]:
    """Only the label nearest to the figures: the cells before it were lost."""
    return [*row.own[-1:], *row.figures] if row.figures else row.own


def _paragraph(tables: Drawn, _source: Random) -> Document:
    document = text_of(tables, lambda rows: [" ".join(_own(row)) for row in rows])
    return Document((Paragraph(" ".join(paragraph.text for paragraph in document.paragraphs)),))


def _wrapped(tables: Drawn, source: Random) -> Document:
    """PDF text: the label's first half above its figures, the second below or before them."""

    def lines(rows: list[Row]) -> list[str]:
        out: list[str] = []
        for row in rows:
            if not row.figures or not row.own:
                out.append(" ".join(_own(row)))
                continue
            *groups, label = row.own
            cut = source.randint(1, max(1, len(label) - 1))
            shape = source.choice(("inside", "before", "after", "beside"))
            figures = " ".join(row.figures)
            out += groups if source.random() < 0.5 else []
            if shape == "inside":
                out += [label[:cut], figures, label[cut:]]
            elif shape == "before":
                out += [label[:cut], label[cut:], figures]
            elif shape == "after":
                out += [figures, label]
            else:
                out += [label[:cut], f"{label[cut:]} {figures}"]
        return out

    return text_of(tables, lines)


def _paged(tables: Drawn, source: Random) -> Document:
    """A page break with a page number within each table, the head printed again now and then."""

    def lines(rows: list[Row]) -> list[str]:
        out = ["\t".join(_merged(row)) for row in rows]
        at = source.randint(1, len(out))
        head = ["\t".join(_merged(row)) for row in rows if not row.figures][:3] if source.random() < 0.5 else []
        return [*out[:at], source.choice(("— 4 —", "- 5 -", "第 3 页 共 8 页", "4")), *head, *out[at:]]

    return text_of(tables, lines)


def _total_first(tables: Drawn, source: Random) -> Document:
    """The column of totals before those of the applicants, as tabs."""
    [moved] = total_first(tables.grids[3], source)
    assert isinstance(moved, Grid)
    turned = Drawn({**tables.grids, 3: moved}, tables.year, tables.lines)
    return text_of(turned, lambda rows: ["\t".join(_merged(row)) for row in rows])


def _squeezed(tables: Drawn, _source: Random) -> Document:
    return text_of(tables, lambda rows: [" | ".join([*row.own, *filter(str.strip, row.figures)]) for row in rows])


def _without_repeats(tables: Drawn, _source: Random) -> Document:
    """Every text that came before is left out, figures too."""
    seen: set[str] = set()

    def lines(rows: list[Row]) -> list[str]:
        kept = []
        for text in (text for row in rows for text in _own(row)):
            if text not in seen:
                kept.append(text)
                seen.add(text)
        return kept

    return text_of(tables, lines)


def _without_labels(tables: Drawn, source: Random) -> Document:
    """The labels of some rows are lost, those of whole groups among them; their figures are not."""
    lost = source.choice((0.2, 0.5, 1.0))

    def lines(rows: list[Row]) -> list[str]:
        out: list[str] = []
        for row in rows:
            item = [] if len(row.labels) > 2 and source.random() < lost else row.own[-1:]
            out += [*row.own[:-1], *item, *row.figures]
        return out

    return text_of(tables, lines)


def _lines_lost(tables: Drawn, source: Random) -> Document:
    """Some lines of one cell a line are lost."""

    def lines(rows: list[Row]) -> list[str]:
        return [text for row in rows for text in _own(row) if source.random() < 0.97]

    return text_of(tables, lines)


def _rows_mixed(tables: Drawn, source: Random) -> Document:
    """Figures of a row on two lines, or two rows on one line."""

    def lines(rows: list[Row]) -> list[str]:
        out = ""
        for row in rows:
            parts = [" ".join(row.own), *row.figures]
            cut = source.randint(1, len(parts))
            out += (
                " ".join(parts[:cut])
                + source.choice(("\n", " "))
                + " ".join(parts[cut:])
                + source.choice(("\n", "\n", " "))
            )
        return out.split("\n")

    return text_of(tables, lines)


TEXTS: dict[str, Layout] = {
    "tabs": _by_line(lambda row: "\t".join(_merged(row))),
    "tabs, own labels": _by_line(lambda row: "\t".join(_own(row))),
    "tabs, ragged": _by_line(lambda row: "\t\t" + "\t".join(_own(row)) + "\t", holes=False),
    "A pipes": _by_line(lambda row: " | ".join(_own(row)), holes=False),
    "A pipes with borders": _by_line(lambda row: "| " + " | ".join(_merged(row)) + " |"),
    "A group and item on one line": _by_line(lambda row: " | ".join([" ".join(row.own), *row.figures]), holes=False),
    "first cells missing": _by_line(lambda row: "\t".join(_last(row))),
    "spaces": _by_line(lambda row: "  ".join(_own(row)), holes=False),
    "B": _by_cell(lambda cells: [f"{cell} |" for cell in cells]),
    "C": _by_cell(lambda cells: [line for cell in cells for line in (cell, "")], holes=False),
    "D": _by_cell(lambda cells: [line for cell in cells for line in (cell, "|")], holes=False),
    "E": _by_cell(lambda cells: [line for cell in cells for line in ("|", f"  {cell}  ")] + ["|"], holes=False),
    "one cell a line": _by_cell(lambda cells: cells, holes=False),
    "total first, tabs": Layout(_total_first),
    "F": Layout(_squeezed, lossless=False),
    "I": Layout(_wrapped, lossless=False, told=False),
    "K": Layout(_paged),
    "M": Layout(_paragraph, holes=False),
    "O": Layout(_without_repeats, lossless=False),
    "P": Layout(_without_labels, lossless=False, told=False),
    "lines lost": Layout(_lines_lost, lossless=False, told=False),
    "rows mixed": Layout(_rows_mixed, lossless=False),
}
LAYOUTS = TEXTS | DRAWN
