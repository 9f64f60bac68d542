"""Which literal words a pattern cannot do without: a pattern is run only where one of them stands."""

import re

_LITERAL = re.compile(r"[^\\.^$*+?{}\[\]|()]")
_AT_LEAST = re.compile(r"(?P<char>[^\\.^$*+?{}\[\]|()]|\\\W)(?:\+|\{(?P<count>[1-9]\d*),?\d*\})\??")
_QUANTIFIER = re.compile(r"[*?]|\{0,?\d*\}")
_REPEAT = re.compile(r"[+*?]\??|\{\d*,?\d*\}\??")


def triggers(pattern: str) -> frozenset[str]:
    """Literals of which at least one stands in every match; empty when the pattern has none that is sure."""
    alternatives = _alternatives(pattern)
    found: set[str] = set()
    for alternative in alternatives:
        best = _best(alternative)
        if not best:
            return frozenset()
        found |= best
    return frozenset(found)


def _best(pattern: str) -> frozenset[str]:
    """The most telling set of literals among the parts of one alternative that every match contains."""
    candidates: list[frozenset[str]] = []
    run = ""
    for part in _parts(pattern):
        literal, closed = _literal(part)
        run += literal
        if literal and not closed:
            continue
        if run:
            candidates.append(frozenset({run}))
            run = ""
        inner = _group(part)
        if inner is not None:
            candidates.append(triggers(inner))
    if run:
        candidates.append(frozenset({run}))
    return max(candidates, key=_telling, default=frozenset())


def _literal(part: str) -> tuple[str, bool]:
    """What a part surely holds, and whether other characters may follow before the next part."""
    if len(part) == 1 and _LITERAL.match(part):
        return part, False
    if len(part) == 2 and part[0] == "\\" and not part[1].isalnum():
        return part[1], False
    repeated = _AT_LEAST.fullmatch(part)
    if repeated:
        return repeated["char"][-1] * int(repeated["count"] or 1), True
    return "", True


def _telling(literals: frozenset[str]) -> tuple[int, int]:
    return (min(map(len, literals), default=0), -len(literals))


def _group(part: str) -> str | None:
    """What a plain group that must match holds; None for look-arounds, classes and what may be missing."""
    if not part.startswith("(") or part.startswith(("(?=", "(?!", "(?<")):
        return None
    body = _REPEAT.sub("", part[part.rfind(")") :]) and part[: part.rfind(")")]
    if _QUANTIFIER.match(part[part.rfind(")") + 1 :]):
        return None
    return body.removeprefix("(?:").removeprefix("(")


def _parts(pattern: str) -> list[str]:
    """The pattern cut into characters, escapes, classes and groups, each with its quantifier."""
    parts: list[str] = []
    index = 0
    while index < len(pattern):
        end = _end_of(pattern, index)
        quantifier = _REPEAT.match(pattern, end)
        if quantifier:
            end = quantifier.end()
        parts.append(pattern[index:end])
        index = end
    return parts


def _end_of(pattern: str, index: int) -> int:
    if pattern[index] == "\\":
        return index + 2
    if pattern[index] == "[":
        return _class_end(pattern, index)
    if pattern[index] != "(":
        return index + 1
    depth, at = 0, index
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 2
            continue
        if char == "[":
            at = _class_end(pattern, at)
            continue
        depth += (char == "(") - (char == ")")
        at += 1
        if depth == 0:
            break
    return at


def _class_end(pattern: str, index: int) -> int:
    at = index + (2 if pattern[index + 1] in "^]" else 1)
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _alternatives(pattern: str) -> list[str]:
    found, start = [], 0
    index = 0
    while index < len(pattern):
        if pattern[index] == "|":
            found.append(pattern[start:index])
            start = index + 1
            index += 1
        else:
            index = _end_of(pattern, index)
    return [*found, pattern[start:]]
