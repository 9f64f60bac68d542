"""Forms that judge what was typed and are never shown: they need no fields of their own."""

from functools import cache
from typing import TypeVar

from django import forms

from gongkai.ui.forms import Form

F = TypeVar("F", bound=Form)


class _Shared(dict[str, forms.Field]):
    """The fields of a class of forms, which each form would copy for itself: a page may change what it shows."""

    def __deepcopy__(self, _memo: object) -> dict[str, forms.Field]:
        return dict(self)


@cache
def judging(form: type[F]) -> type[F]:
    """The same form, all of whose instances share their fields: it is bound, judged and thrown away."""
    made = type(form.__name__, (form,), {})
    made.base_fields = _Shared(form.base_fields)  # type: ignore[attr-defined]  # set by the forms' metaclass
    return made
