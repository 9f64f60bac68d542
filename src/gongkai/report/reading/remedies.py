"""Table 4, reconsideration and litigation: fifteen figures, on one line, in groups, stacked or in pairs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.report.form import TableForm
from gongkai.report.model import Slot
from gongkai.report.reading.placing import Slots, fitted
from gongkai.report.reading.values import bare, is_blank, is_figure

_GROUPS = (
    ("litigation_after_reconsideration", "复议后"),
    ("litigation_direct", "直接"),
    ("litigation_direct", "未经复议"),
    ("reconsideration", "行政复议"),
)
_OUTCOMES = (("upheld", "维持"), ("corrected", "纠正"), ("other", "其他"), ("pending", "审结"), ("total", "总计"))
_GROUP = len(_OUTCOMES)
_ALL = 3 * _GROUP


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
        elif labels or len(slots) >= _GROUP or (len(slots) == 1 and self.lines):
            self.lines.append((labels, [] if labels else list(slots)))

    @property
    def found(self) -> bool:
        """Whether any label or figure of the table stood there."""
        return bool(self.lines)

    def cells(self, table: TableForm) -> dict[str, Slot]:
        """Cell id → slot, for the cells whose place is certain."""
        behind = [slots for _, slots in self.lines if slots]
        kept = _on_one_line(behind) or self._in_groups(behind) or self._stacked(behind)
        if kept is not None:
            return {cell.id: slot for cell, slot in zip(table.cells, kept, strict=True)}
        return {f"{table.key}.{key}": slot for key, slot in self._by_label().items()}

    def _in_groups(self, behind: list[list[Slot]]) -> Slots | None:
        """Lines of five or ten figures one below the other, in the order of the form."""
        told = [slots for slots in behind if any(slot.text.strip() for slot in slots)]
        if any(len(slots) % _GROUP for slots in told) or sum(map(len, told)) != _ALL or not self._is_in_order():
            return None
        return [slot for slots in told for slot in slots]

    def _stacked(self, behind: list[list[Slot]]) -> Slots | None:
        """One figure on each line, in the order of the form."""
        single = [slots[0] for slots in behind if len(slots) == 1]
        if any(len(slots) > 1 and any(slot.text.strip() for slot in slots) for slots in behind):
            return None
        pairs = [self._outcome(labels) for labels, slots in self.lines if len(slots) == 1 and labels]
        order = [key for key, _ in _OUTCOMES] * 3
        return fitted(single, _ALL) if self._is_in_order() and pairs in ([], order) else None

    def _is_in_order(self) -> bool:
        """Whether the groups that stand beside or above figures come as on the form."""
        order = list(dict.fromkeys(key for key, _ in reversed(_GROUPS)))
        told = [
            order.index(group) for labels, slots in self.lines if slots and (group := self._group(labels, before=""))
        ]
        return told == sorted(told)

    def _by_label(self) -> dict[str, Slot]:
        """A table for each group, or a line for each figure, whatever their order."""
        group = ""
        cells: dict[str, Slot] = {}
        if not {len(slots) for _, slots in self.lines if slots} <= {1, _GROUP}:
            return cells
        for labels, behind in self.lines:
            group = self._group(labels, before=group)
            outcome = self._outcome(labels)
            values = fitted(behind, _GROUP)
            if group and values is not None and behind:
                cells.update({f"{group}.{key}": slot for (key, _), slot in zip(_OUTCOMES, values, strict=True)})
            elif group and outcome and len([slot for slot in behind if not is_blank(slot.text)]) == 1:
                cells[f"{group}.{outcome}"] = next(slot for slot in behind if not is_blank(slot.text))
        return cells

    @staticmethod
    def _group(labels: list[Slot], *, before: str) -> str:
        """The group that labels name, the one before where they name none, and none where they name several."""
        text = "".join(bare(slot.text) for slot in labels)
        named = {key for key, sign in _GROUPS if sign in text}
        if "起诉" in text:
            named.discard("reconsideration")
        if len(named) > 1 or (not named and "诉讼" in text) or (named == {"reconsideration"} and "诉讼" in text):
            return ""
        return named.pop() if named else before

    @staticmethod
    def _outcome(labels: list[Slot]) -> str:
        text = bare(labels[-1].text) if labels else ""
        return next((key for key, sign in _OUTCOMES if sign in text), "")


def _on_one_line(behind: Sequence[Slots]) -> Slots | None:
    """The fifteen figures where one line alone has them all."""
    whole = [kept for slots in behind if len(slots) >= _ALL and (kept := fitted(slots, _ALL)) is not None]
    told = [slots for slots in behind if len(slots) >= _ALL]
    return whole[0] if len(whole) == len(told) == 1 else None
