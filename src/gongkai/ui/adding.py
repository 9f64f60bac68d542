"""Forms that add a row: sent twice they add one, and who sends them is told so."""

from copy import copy
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer

from gongkai.kernel.adding import NewRow
from gongkai.kernel.ids import public_id
from gongkai.ui.forms import Form

SENT_BEFORE = "这一页已经提交过，没有重复登记"
_EXPIRED = "这一页已经失效，下面是您填写的内容，请核对后再次提交"
_SIGNER = Signer(salt="gongkai.ui.adding")


def _mark() -> str:
    return _SIGNER.sign(public_id())


class AddingForm(Form):
    """A form that adds a row, whose public id it carries from the page on, signed: nobody sends one of his choice.

    The action is given it as `new`, and looks for the row before it makes one.
    """

    new = forms.CharField(required=False, widget=forms.HiddenInput, initial=_mark)

    def clean_new(self) -> NewRow | None:
        """The row to be made; where it is none that a page of ours gave, the form gets another and is shown again."""
        try:
            return NewRow(_SIGNER.unsign(self.cleaned_data["new"]))
        except BadSignature:
            self.renew()
            self.add_error(None, _EXPIRED)
            return None

    @property
    def is_used(self) -> bool:
        """Whether the action found that the form had been sent before."""
        new = self.cleaned_data.get("new")
        return isinstance(new, NewRow) and new.is_used

    def renew(self) -> None:
        """Gives the form another id: sent once more, it adds a row of its own."""
        typed: Any = copy(self.data)  # what a browser sent can't be changed, a copy of it can
        typed[self.add_prefix("new")] = _mark()
        self.data = typed
