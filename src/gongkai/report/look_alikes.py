"""Reports whose text is mostly that of another agency's: found among many by their fingerprints (S-COPIED).

Light enough for the process that only collects what others have checked.
"""

from array import array

from gongkai.findings import Finding, Severity

BASIS = "国办公开办函〔2021〕30号（四）"
SHARE = 0.7
"""From this share on a text is told as copied."""
MOST = 3
"""Passages that are shown."""
SHOWN = 40
"""Characters of a passage that are shown."""
FINGERPRINT = 64
"""Hashes of a fingerprint: the smallest of all shingles, so that like texts have the same ones."""
_INDEXED = 8
_COMMON = 50
"""What so many reports have in common is a template, and no sign of copying."""


Passage = tuple[int, str, str]
"""A sentence of a text: the hash of its words without figures, where it stands, and how it begins."""


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of their shingles that two texts have in common, 0 to 1, as their fingerprints tell."""
    both = set(one) & set(other)
    sample = sorted({*one, *other})[:FINGERPRINT]
    return sum(hash_ in both for hash_ in sample) / max(len(sample), 1)


class LookAlikes:
    """Finds, report by report, an earlier one of another agency with like text; some 500 bytes for each report."""

    def __init__(self) -> None:
        self._names: list[tuple[str, str | None]] = []
        self._prints: list[array[int]] = []
        self._sentences: list[array[int]] = []
        self._index: dict[int, list[int] | None] = {}

    def earlier(
        self, name: str, agency: str | None, told: tuple[int, ...], passages: tuple[Passage, ...] = ()
    ) -> Finding | None:
        """S-COPIED that names the most alike report before this one, if most of its text is the same, with passages.

        Not where that is the agency's own, of another year. Keeps this one for those that come after it.
        """
        near = {at for hash_ in told[:_INDEXED] for at in self._index.get(hash_) or ()}
        ranked = [(likeness(told, tuple(self._prints[at])), self._names[at][1] == agency, -at) for at in near]
        share, is_own, at = max(ranked, default=(0.0, False, 0))
        is_copied = share >= SHARE and not is_own
        source = self._sentences[-at] if is_copied else ()
        shared = [passage for passage in passages if passage[0] in source]
        found = _look_alike(*self._names[-at], share, shared) if is_copied else None
        if told:
            self._keep(name, agency, told, passages)
        return found

    def _keep(self, name: str, agency: str | None, told: tuple[int, ...], passages: tuple[Passage, ...]) -> None:
        for hash_ in told[:_INDEXED]:
            known = self._index.setdefault(hash_, [])
            if known is not None:
                known.append(len(self._names))
            if known is not None and len(known) > _COMMON:
                self._index[hash_] = None
        self._names.append((name, agency))
        self._prints.append(array("I", told))
        self._sentences.append(array("I", [hash_ for hash_, _, _ in passages]))


def _look_alike(name: str, agency: str | None, share: float, shared: list[Passage]) -> Finding:
    longest = sorted(shared, key=lambda passage: -len(passage[2]))[:MOST]
    told = f"，如：{'；'.join(f'“{text}”' for _, _, text in longest)}" if longest else ""
    return Finding(
        rule="S-COPIED",
        severity=Severity.HINT,
        where="sections.1",
        message=f"第一、第五部分约有{share:.0%}的文字与“{agency or '另一机关'}”的报告（{name}）相同"
        f"{told}，请按本机关实际情况撰写",
        found=f"{share:.0%}",
        basis=BASIS,
        evidence=tuple(where for _, where, _ in longest),
    )
