"""How near a stretch of text is to a fixed wording: alignment around a piece of it that stands there unchanged."""


def stretch(wording: str, offset: int, size: int, text: str, at: int, slack: int) -> tuple[int, int, int]:
    """The stretch of `text` that is nearest to `wording`, and how many characters differ: (start, end, difference).

    The piece `wording[offset : offset + size]` stands unchanged at `text[at:]`; what is before and behind it is
    aligned with up to `slack` characters more or fewer.
    """
    before = text[max(0, at - offset - slack) : at]
    head, head_cost = _nearest(wording[:offset][::-1], before[::-1])
    rest = wording[offset + size :]
    tail, tail_cost = _nearest(rest, text[at + size : at + size + len(rest) + slack])
    return at - head, at + size + tail, head_cost + tail_cost


def _nearest(wording: str, text: str) -> tuple[int, int]:
    """How many characters of the beginning of `text` are nearest to `wording`, and how many differ."""
    costs = list(range(len(text) + 1))
    for row, wanted in enumerate(wording, 1):
        diagonal, costs[0] = costs[0], row
        for column, mark in enumerate(text, 1):
            diagonal, costs[column] = (
                costs[column],
                min(costs[column] + 1, costs[column - 1] + 1, diagonal + (mark != wanted)),
            )
    length = min(range(len(costs)), key=lambda column: (costs[column], abs(column - len(wording))))
    return length, costs[length]
