"""Table 4, reconsideration and litigation: fifteen figures, on one line, in groups, stacked or in pairs."""

from dataclasses import dataclass, field

from gongkai.report.form import TableForm
from gongkai.report.model import Slot
from gongkai.report.reading.placing import fitted
from gongkai.report.reading.values import bare, is_blank, is_figure

_GROUPS = (
    ("litigation_after_reconsideration", "复议后"),
    ("litigation_direct", "直接"),
    ("litigation_direct", "未经复议"),
    ("reconsideration", "行政复议"),
)
_OUTCOMES = (("upheld", "维持"), ("corrected", "纠正"), ("other", "其他"), ("pending", "审结"), ("total", "总计"))


@dataclass
class RemediesReader:
    """Collects the lines of table 4: labels and figures of each line, in order."""

    lines: list[tuple[list[Slot], list[Slot]]] = field(default_factory=list)

    def feed(self, slots: tuple[Slot, ...]) -> None:
        """Takes the next line of the table."""
        labels = [slot for slot in slots if slot.text.strip() and not is_figure(slot.text)]
        told = [i for i, slot in enumerate(slots) if is_figure(slot.text) or (slot.text.strip() and not labels)]
        if told:
            start = next((i + 1 for i in reversed(range(len(slots))) if slots[i] in labels), 0)
            self.lines.append((labels, list(slots[start:])))
        elif labels or len(slots) >= 5 or (len(slots) == 1 and self.lines):
            self.lines.append((labels, [] if labels else list(slots)))

    @property
    def found(self) -> bool:
        """Whether any label or figure of the table stood there."""
        return bool(self.lines)

    def cells(self, table: TableForm) -> dict[str, Slot]:
        """Cell id → slot, for the cells whose place is certain."""
        ids = [cell.id for cell in table.cells]
        slots = [slot for _, behind in self.lines for slot in behind]
        kept = fitted(slots, len(ids))
        if kept is None:
            kept = fitted([slot for slot in slots if slot.text.strip()], len(ids))
        if kept is not None and not self._pairs_out_of_order():
            return dict(zip(ids, kept, strict=True))
        return {f"{table.key}.{key}": slot for key, slot in self._by_label().items()}

    def _pairs_out_of_order(self) -> bool:
        pairs = [self._outcome(labels) for labels, behind in self.lines if len(behind) == 1 and labels]
        order = [key for key, _ in _OUTCOMES]
        return bool(pairs) and len(pairs) == 15 and pairs != order * 3

    def _by_label(self) -> dict[str, Slot]:
        group = ""
        cells: dict[str, Slot] = {}
        for labels, behind in self.lines:
            group = self._group(labels) or group
            outcome = self._outcome(labels)
            values = fitted(behind, len(_OUTCOMES))
            if group and values is not None and behind:
                cells.update({f"{group}.{key}": slot for (key, _), slot in zip(_OUTCOMES, values, strict=True)})
            elif group and outcome and len([slot for slot in behind if not is_blank(slot.text)]) == 1:
                cells[f"{group}.{outcome}"] = next(slot for slot in behind if not is_blank(slot.text))
        return cells

    @staticmethod
    def _group(labels: list[Slot]) -> str:
        for slot in reversed(labels):
            text = bare(slot.text)
            for key, sign in _GROUPS:
                if sign in text and "诉讼" not in text:
                    return key
        return ""

    @staticmethod
    def _outcome(labels: list[Slot]) -> str:
        text = bare(labels[-1].text) if labels else ""
        return next((key for key, sign in _OUTCOMES if sign in text), "")
