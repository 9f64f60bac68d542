"""What a name may be made of: it stands in lists, letters and document numbers, so no markup and nothing unseen."""

import re

from django.core.exceptions import ValidationError

_MARKUP = re.compile("[<>]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that turn the direction of a line or have no width."""


def plain(value: str) -> None:
    """Raises ValidationError for a name with markup or with characters that nobody sees."""
    if _MARKUP.search(value):
        raise ValidationError("不能含有“<”“>”等标记符号，请只写名称本身", code="markup")
    if _UNSEEN.search(value):
        raise ValidationError("含有看不见的字符，请重新键入，不要从网页粘贴", code="unseen")
