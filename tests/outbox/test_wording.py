"""What leaves the system holds no personal data: there is no way in for a name, an address or any free word."""

from datetime import date, datetime

import pytest
from django.db import models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outbox.samples import COUNTED, DUE, KIND, TEXTS, announce, tell

from gongkai.kernel.ids import public_id
from gongkai.kernel.registry import addresses
from gongkai.outbox.actions import Recipient, write
from gongkai.outbox.models import Message
from gongkai.outbox.wording import NotAllowed, Slot, Template, require_public_id, templates

announce()
PERSONAL = ["王敏", "zhangsan", "13800000000", "411422199001011234", "wang@example.org", "青禾县人民路8号", "2026-0001 王敏", "２０２６-１", "2026-１"]  # fmt: skip
DAY = date(2026, 11, 24)


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("slot", Slot)
def test_personal_data_fits_no_slot(slot: Slot, value: str) -> None:
    template = Template("tests.any", "提醒", "{what}", "office", slots={"what": slot})
    with pytest.raises(NotAllowed):
        template.plain_facts({"what": value})
    with pytest.raises(NotAllowed):
        template.plain_facts({"what": 3, "name": value})


@settings(deadline=None, derandomize=True)
@given(st.one_of(st.text(), st.binary(), st.floats(), st.none(), st.booleans(), st.integers()))
def test_whatever_is_given_only_figures_get_in(value: object) -> None:
    for slot in Slot:
        template = Template("tests.any", "提醒", "{what}", "office", slots={"what": slot})
        try:
            told = template.plain_facts({"what": value})["what"]  # type: ignore[dict-item]  # that is the test
        except NotAllowed:
            continue
        assert set(told) <= set("0123456789-年月日")
        assert len(told) <= 15, "too short for a number of a person"


def test_a_number_is_a_register_number_alone() -> None:
    facts = DUE.plain_facts({"number": "2026-0012-1", "day": DAY})
    assert DUE.words(facts) == "登记编号 2026-0012-1 的事项将于 2026年11月24日 到期，请办理。"
    assert DUE.plain_facts({"number": "2026-12", "day": datetime(2026, 11, 24)})["day"] == "2026年11月24日"  # noqa: DTZ001


@pytest.mark.parametrize("value", [*PERSONAL, "a" * 15, "a" * 17, "O" * 16])
def test_only_public_ids_point_to_people_and_things(value: str) -> None:
    with pytest.raises(NotAllowed):
        require_public_id(value)
    assert require_public_id(public_id())


def test_a_text_says_what_its_slots_are() -> None:
    for text, subject, slots in (
        ("您好 {name}", "提醒", {}),
        ("您好", "{count}", {}),
        ("您好", "提醒", {"count": Slot.COUNT}),
    ):
        with pytest.raises(NotAllowed):
            Template("tests.wrong", subject, text, "office", slots=slots)
    with pytest.raises(NotAllowed):
        Template("tests.wrong", "提醒", "您好 {}", "office")


def test_every_announced_text_takes_nothing_but_closed_slots() -> None:
    announced = list(templates)
    assert all(text in announced for text in TEXTS)
    assert {slot for template in announced for slot in template.slots.values()} <= set(Slot)


def test_the_table_has_no_column_for_words() -> None:
    free = {"facts"}  # what the slots make of figures
    texts = {
        field.name
        for field in Message._meta.concrete_fields
        if isinstance(field, models.TextField | models.CharField) and field.max_length != 16 and not field.choices
    }
    assert texts == {"recipient_kind", "recipient", "template", "target", "digest"}
    assert {field.name for field in Message._meta.concrete_fields if isinstance(field, models.JSONField)} == free


@pytest.mark.django_db
def test_only_announced_texts_go_to_announced_kinds_of_people() -> None:
    unknown = Template("tests.unknown", "提醒", "您好", "office")
    with pytest.raises(NotAllowed):
        write(unknown, to=Recipient(KIND, public_id()))
    with pytest.raises(NotAllowed):
        write(COUNTED, to=Recipient("tests.nobody", public_id()), facts={"count": 1})
    with pytest.raises(NotAllowed):
        write(COUNTED, to=Recipient(KIND, "wang@example.org"), facts={"count": 1})
    assert Message.objects.count() == 0
    assert KIND in addresses


@pytest.mark.django_db(transaction=True)
def test_a_message_is_part_of_its_act() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        write(COUNTED, to=Recipient(KIND, public_id()), facts={"count": 1})

    def broken_off() -> None:
        with transaction.atomic():
            tell(public_id())
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    assert Message.objects.count() == 0
