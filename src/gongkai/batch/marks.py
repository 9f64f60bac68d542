"""Where findings are marked in a shown document: exactly their characters, or the cell they are about."""

from collections.abc import Iterable
from html import escape

from gongkai.batch.shown import Shown, ShownBlock, ShownCell
from gongkai.findings import Finding, Severity

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}
_Numbered = tuple[int, Finding]


class Marks:
    """The findings of one document by place. `name` begins the ids of marks and notes."""

    def __init__(self, name: str, findings: Iterable[Finding], shown: Shown) -> None:
        self._name = name
        self._told: dict[int, None] = {}
        self._shown = 0
        self._lines: dict[int, list[tuple[int, int, _Numbered]]] = {}
        self._cells: dict[tuple[int, int, int], list[_Numbered]] = {}
        for numbered in enumerate(findings, 1):
            finding = numbered[1]
            line, colon, column = finding.where.partition(":")
            if colon and line.isdigit() and column.isdigit():
                length = len(finding.found) if isinstance(finding.found, str) else len(str(finding.found or ""))
                start = int(column)
                self._lines.setdefault(int(line), []).append((start, start + max(length, 1), numbered))
            for cell in _cells_of(finding, shown):
                self._cells.setdefault(shown.places[cell], []).append(numbered)

    def paragraph(self, block: ShownBlock) -> str:
        """The paragraph's text with its marks. Overlapping findings share one mark with several notes."""
        out: list[str] = []
        at = 0
        for start, end, group in _groups(self._lines.get(block.line, []), block.column, len(block.text)):
            out.append(escape(block.text[at:start]))
            out.append(self._mark(escape(block.text[start:end]), group))
            at = end
        return "".join(out) + escape(block.text[at:])

    def cell(self, cell: ShownCell) -> str:
        """The cell's text, marked as a whole."""
        group = self._cells.get((cell.line, cell.row, cell.column), [])
        text = escape(cell.text)
        return self._mark(text or "（空）", group) if group else text

    def newly_told(self) -> list[int]:
        """The numbers marked since this was last asked: their notes stand below what was just shown."""
        new = list(self._told)[self._shown :]
        self._shown = len(self._told)
        return new

    def is_told(self, number: int) -> bool:
        """Whether the finding of that number has been marked anywhere."""
        return number in self._told

    def _mark(self, text: str, group: list[_Numbered]) -> str:
        level = min((finding.severity for _, finding in group), key=_WEIGHT.__getitem__)
        links = "".join(f'<a href="#{self._name}n{n}"{self._id(n)} aria-label="第{n}个问题">{n}</a>' for n, _ in group)
        return f'<mark class="gk-{level}">{text}{links}</mark>'

    def _id(self, number: int) -> str:
        """A finding may be marked in several places; its note leads to the first."""
        if number in self._told:
            return ""
        self._told[number] = None
        return f' id="{self._name}m{number}"'


def _cells_of(finding: Finding, shown: Shown) -> list[str]:
    """The cells that a finding is about: its own, else those it names as evidence or that belong to its row."""
    if finding.where in shown.places:
        return [finding.where]
    if ":" in finding.where:
        return []
    inside = [cell for cell in shown.places if cell.startswith(f"{finding.where}.")]
    totals = [cell for cell in inside if cell.endswith(".total")]
    return totals or [cell for cell in finding.evidence if cell in shown.places][:2] or inside[:1]


def _groups(
    spans: list[tuple[int, int, _Numbered]], column: int, length: int
) -> list[tuple[int, int, list[_Numbered]]]:
    """Spans as offsets into the paragraph, overlapping ones joined, in order."""
    groups: list[tuple[int, int, list[_Numbered]]] = []
    for first, last, numbered in sorted(spans, key=lambda span: span[:2]):
        start, end = max(first - column, 0), min(last - column, length)
        if start >= length or end <= 0 or start >= end:
            continue
        if groups and start < groups[-1][1]:
            before = groups[-1]
            groups[-1] = (before[0], max(before[1], end), [*before[2], numbered])
        else:
            groups.append((start, end, [numbered]))
    return groups
