"""A form that only judges finds the same as one that is shown, and leaves nothing behind for the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inforequests.applying import AGENT, COMPANY, CONTENT, DELIVERY, JOINT, PERSON

from gongkai.inforequests.public_forms import (
    AgentForm,
    ContentForm,
    DeliveryForm,
    JointForm,
    OrganisationForm,
    PersonForm,
    TypedForm,
)
from gongkai.ui.judging import judging

FORMS = {
    ContentForm: CONTENT,
    PersonForm: PERSON,
    OrganisationForm: COMPANY,
    JointForm: JOINT,
    AgentForm: AGENT,
    DeliveryForm: DELIVERY,
}


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_it_judges_as_the_form_that_is_shown(form: type[TypedForm], data: st.DataObject) -> None:
    right = FORMS[form]
    kept = data.draw(st.sets(st.sampled_from(sorted(right))))
    wrong = data.draw(st.dictionaries(st.sampled_from(sorted(form.base_fields)), st.text(max_size=90)))
    typed = {name: text for name, text in right.items() if name in kept} | wrong
    shown, judged = form(typed), judging(form)(typed)
    assert judged.is_valid() == shown.is_valid()
    assert judged.errors == shown.errors
    assert judged.cleaned_data == shown.cleaned_data
    assert judging(form)(right).is_valid()
    assert list(judged.fields) == list(shown.fields)
