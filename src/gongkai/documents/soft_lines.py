"""A paragraph with line ends of its own (soft returns), as its reader sees it: several lines, each in its place."""

from gongkai.documents.blocks import Paragraph


def parted(text: str, line: int) -> list[Paragraph]:
    """The lines of a paragraph, each with its column; empty lines are left out, an empty paragraph is one."""
    if "\n" not in text:
        return [Paragraph(text, line)]
    found: list[Paragraph] = []
    column = 1
    for part in text.split("\n"):
        if part.strip():
            found.append(Paragraph(part, line, column))
        column += len(part) + 1
    return found
