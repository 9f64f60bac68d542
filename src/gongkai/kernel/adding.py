"""A form that adds a row carries the row's public id: sent twice, by two clicks or by reloading, it is one row."""

from typing import TypeVar

from django.db.models import QuerySet

from gongkai.kernel.ids import public_id
from gongkai.kernel.models import Record
from gongkai.kernel.reasons import ActionRefused, Reason

R = TypeVar("R", bound=Record)
USED = Reason("sent", "这一页已经提交过，登记的内容与现在填写的不同", "请核对；要另外登记一件的，请再次提交")


class NewRow:
    """The public id of a row that is to be made: the one that its page gave, or a new one.

    `is_used` tells afterwards that there is such a row already; then nothing was done.
    """

    __slots__ = ("_is_given", "is_used", "public_id")

    def __init__(self, given: str = "") -> None:
        self.public_id = given or public_id()
        self._is_given = bool(given)
        self.is_used = False

    def among(self, rows: QuerySet[R]) -> R | None:
        """The row that was made when the page was sent before; None where it is sent for the first time.

        `rows` are those that it can be: of the same place and person, with the same content. Raises ActionRefused where
        it is another: nobody's row is taken for his, and what somebody typed after going back is not lost. The caller
        holds what the row belongs to, so that of two who send one page at once the second finds what the first made.
        """
        found = rows.model._default_manager.filter(public_id=self.public_id).first() if self._is_given else None
        if found is None:
            return None
        self.is_used = True
        if not rows.filter(pk=found.pk).exists():
            raise ActionRefused([USED])
        return found
