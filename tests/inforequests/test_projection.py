"""The cached columns of a case follow its steps, whatever happened to it, whenever they are written."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import Settings
from tests.inforequests.cases import Office, a_case, a_letter, an_office
from tests.inforequests.issuing import decided, sealed, served
from tests.inforequests.notice_pages import browser_of
from tests.inforequests.situations import MONDAY, happened

import gongkai
from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.inforequests.actions.handling import archive
from gongkai.inforequests.actions.intake import enter_request, file_request, register_request
from gongkai.inforequests.actions.progress import correct_step, withdraw
from gongkai.inforequests.actions.redating import follow, project_waiting, redate
from gongkai.inforequests.actions.serving import record_received, serve_notice
from gongkai.inforequests.choices import CaseState, Channel, LetterKind, Stage, Way
from gongkai.inforequests.evidence import evidence_of
from gongkai.inforequests.models import Item, Notice, Reminder, Service
from gongkai.inforequests.public_clock import spans_told
from gongkai.inforequests.steps import (
    CACHED,
    apply_projection,
    cached,
    clock_of,
    closing_days,
    project,
    reasons_against_step,
    record,
)
from gongkai.kernel.clock import at, now
from gongkai.kernel.reasons import ActionRefused
from gongkai.kernel.workdays import calendar
from gongkai.law import clock as law
from gongkai.law.clock import Act as LawAct
from gongkai.law.workdays import Schedule, schedules

ARGUMENTS = {LawAct.DEFERRED: "2026-06-01", LawAct.REOPENED: "own"}
SHIPPED = Path(__file__).parents[2] / "examples" / "workdays-2027.toml"
database = pytest.mark.django_db


class TestAnySequence(TestCase):
    """Lawful or not, backdated or not: what is cached is what the steps say."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(list(LawAct)), st.integers(0, 12), st.integers(0, 3)), max_size=9))
    def test_the_cached_columns_are_those_of_a_rebuild(self, taken: list[tuple[LawAct, int, int]]) -> None:
        item, day = a_case(an_office(), on=MONDAY), MONDAY
        for act, later, back in taken:
            day += timedelta(later)
            with at(day):
                try:
                    with transaction.atomic():
                        record(item, act, on=day - timedelta(back), argument=ARGUMENTS.get(act, ""))
                except ActionRefused:
                    assert reasons_against_step(Item.objects.get(pk=item.pk), act, on=day - timedelta(back)) or back
        with at(day):
            stored, rebuilt = Item.objects.get(pk=item.pk), Item.objects.get(pk=item.pk)
            for name in CACHED:
                setattr(rebuilt, name, Item._meta.get_field(name).get_default())
            apply_projection(rebuilt, on=day, days=calendar())
            project_waiting(day)
            stored.refresh_from_db()
            told = clock_of(stored, on=day)
        assert cached(stored) == cached(rebuilt)
        assert told is not None
        assert (stored.due_on, stored.due_claimed_on) == (told.due, told.due_claimed)
        assert stored.round == 1 + sum(step.act is LawAct.REOPENED for step in told.steps)
        assert (stored.state == CaseState.WAITING) == (told.state is law.State.WAITING)


@database
def test_an_unlawful_step_is_kept_told_and_shown_with_both_days() -> None:
    item = a_case(an_office(), on=MONDAY)
    late = date(2026, 3, 16)
    with at(late):
        against = reasons_against_step(item, LawAct.CLARIFICATION_ASKED, on=late)
    happened(item, LawAct.CLARIFICATION_ASKED, late)
    happened(item, LawAct.CLARIFIED, date(2026, 3, 18))
    told = clock_of(item, on=date(2026, 3, 18))
    assert [reason.id for reason in against] == ["C-CLARIFY-LATE"]
    assert told is not None
    assert [one.rule for one in told.findings] == ["C-CLARIFY-LATE"]
    assert (item.due_on, item.due_claimed_on) == (date(2026, 3, 30), date(2026, 4, 16))


@database
def test_an_impossible_step_and_one_of_tomorrow_are_not_kept() -> None:
    item = a_case(an_office(), on=MONDAY)
    for act, on, why in (
        (LawAct.CLARIFIED, date(2026, 3, 4), "impossible"),
        (LawAct.DECIDED, date(2026, 2, 27), "impossible"),
        (LawAct.DECIDED, date(2026, 3, 5), "future"),
    ):
        with at(date(2026, 3, 4)), pytest.raises(ActionRefused) as caught:
            record(item, act, on=on)
        assert [reason.id for reason in caught.value.reasons] == [why]
    assert item.steps.count() == 1


@database
def test_whoever_lets_the_last_day_pass_has_a_lapsed_case_for_the_office_to_confirm() -> None:
    item = a_case(an_office(), on=MONDAY)
    happened(item, LawAct.CLARIFICATION_ASKED, date(2026, 3, 4))
    assert (item.state, item.due_on, item.turn_role) == (CaseState.WAITING, None, "")
    with at(date(2026, 3, 18)):
        assert project_waiting(date(2026, 3, 18)) == 0
    with at(date(2026, 3, 19)):
        assert project_waiting(date(2026, 3, 19)) == 1
        assert project_waiting(date(2026, 3, 19)) == 0
    item.refresh_from_db()
    assert (item.state, item.closed_on, item.turn_role) == (CaseState.LAPSED, None, Role.CLERK)
    happened(item, LawAct.LAPSED, date(2026, 3, 20))
    assert (item.state, item.closed_on) == (CaseState.ENDED, date(2026, 3, 20))


@database
def test_the_day_of_a_case_that_waits_for_a_third_party_moves_with_the_days() -> None:
    item = a_case(an_office(), on=MONDAY)
    happened(item, LawAct.THIRD_PARTY_ASKED, date(2026, 3, 4), key="A")
    seen = []
    for on in (date(2026, 3, 4), date(2026, 3, 11), date(2026, 3, 26)):
        with at(on):
            project_waiting(on)
        item.refresh_from_db()
        seen.append((item.state, item.due_on, item.is_provisional))
    assert seen == [
        (CaseState.WAITING, date(2026, 3, 30), True),
        (CaseState.WAITING, date(2026, 4, 7), True),
        (CaseState.RUNNING, date(2026, 4, 21), False),
    ]


@database
def test_an_overtaken_decision_fixes_the_day_of_its_round() -> None:
    steps = [law.parse_step(text) for text in ("decided:2026-03-05", "decided:2026-03-09", "reopened:2026-03-20:own")]
    assert closing_days(steps) == {1: date(2026, 3, 5)}
    steps.append(law.parse_step("withdrawn:2026-03-23"))
    assert closing_days(steps) == {1: date(2026, 3, 5), 2: date(2026, 3, 23)}


def a_schedule_of_2027() -> tuple[Schedule, ...]:
    return schedules(SHIPPED.read_text(encoding="utf-8"))


@database
def test_a_new_calendar_redates_open_cases_once_tells_and_journals_them() -> None:
    office = an_office()
    december = date(2026, 12, 7)
    items = [a_case(office, on=december) for _ in range(3)]
    moved, ended, early = items[0], items[1], a_case(office, on=date(2026, 11, 2))
    assert (moved.due_on, moved.is_provisional) == (date(2027, 1, 4), True)
    new = calendar().with_schedules(a_schedule_of_2027())
    with at(december):
        withdraw(office.actor(Role.CLERK), ended, on=december, evidence="撤回申请书")
        assert redate(new) == 2
        assert redate(new) == 0
    for item in (moved, ended, early):
        item.refresh_from_db()
    assert (moved.due_on, moved.is_provisional, moved.calendar_revision) == (date(2027, 1, 5), False, new.revision)
    assert (ended.due_on, ended.calendar_revision) == (None, calendar().revision)
    assert early.calendar_revision == new.revision
    redated = Entry.objects.filter(act="inforequests.redate").values_list("subject", flat=True)
    assert set(redated) == {items[0].request.public_id, items[2].request.public_id}
    assert Reminder.objects.filter(kind="redated", item=moved, for_on=date(2027, 1, 5)).exists()


@database
def test_the_worker_follows_the_days_and_the_operators_schedules(settings: Settings, tmp_path: Path) -> None:
    cache.clear()
    office = an_office()
    december, waiting = a_case(office, on=date(2026, 12, 7)), a_case(office, on=MONDAY)
    happened(waiting, LawAct.CLARIFICATION_ASKED, date(2026, 3, 4))
    spoilt = tmp_path / "放假安排.toml"
    seen = []
    for name in (str(SHIPPED), str(spoilt)):
        settings.WORKDAYS = name
        with at(date(2026, 12, 8)):
            follow(now())
            follow(now())
        december.refresh_from_db()
        seen.append(december.due_on)
    waiting.refresh_from_db()
    assert seen == [date(2027, 1, 5)] * 2
    assert waiting.state == CaseState.LAPSED


@database
def test_filing_an_ended_case_leaves_the_calendar_it_ended_under() -> None:
    office = an_office()
    item = a_case(office, on=MONDAY)
    with at(MONDAY):
        withdraw(office.actor(Role.CLERK), item, on=MONDAY, evidence="撤回申请书")
        Item.objects.filter(pk=item.pk).update(calendar_revision="2025 旧")
        archive(office.actor(Role.CLERK), item)
    item.refresh_from_db()
    assert item.calendar_revision == "2025 旧"


DECEMBER, SENT, JANUARY = date(2026, 12, 7), date(2026, 12, 30), date(2027, 1, 8)
KNOWN, NEW = calendar(), calendar().with_schedules(schedules(SHIPPED.read_text(encoding="utf-8")))
BEFORE, AFTER = (date(2027, 1, 4), True, KNOWN.revision), (date(2027, 1, 5), False, NEW.revision)
"""Due day, whether it is provisional, and the calendar: as the answer was posted, and by the schedule of 2027."""


def reckoned(item: Item) -> tuple[date | None, bool, str]:
    item.refresh_from_db()
    return item.due_on, item.is_provisional, item.calendar_revision


@pytest.fixture
def posted(settings: Settings) -> tuple[Office, Service]:
    """An answer that was posted before the schedule was known, by which its due day is another; known since."""
    office = an_office()
    item = a_case(office, on=DECEMBER)
    with at(SENT):
        service = served(office, decided(office, item, "already_public_end"), Way.POST)
    assert reckoned(item) == BEFORE
    settings.WORKDAYS = str(SHIPPED)
    return office, service


@database
def test_what_is_done_with_an_ended_case_leaves_the_days_it_ended_with(posted: tuple[Office, Service]) -> None:
    office, service = posted
    item = service.notice.items.get()
    with at(JANUARY):
        redate(NEW)
        record_received(office.actor(Role.CLERK), service, on=JANUARY, proof="本人签收")
        archive(office.actor(Role.CLERK), item)
        assert reckoned(item) == BEFORE
        found = evidence_of(item, JANUARY)
        page = browser_of(office, Role.CLERK).get(reverse("case_evidence", args=[item.public_id])).content.decode()
    told = f"答复期限按办结时的放假安排计算：{KNOWN.revision}；逐段和期限方面的问题按现在的放假安排列出"
    assert (item.state, found.due_on, found.calendar_note) == (CaseState.ENDED, date(2027, 1, 4), told)
    assert f"应当在2027年1月4日（周一）以前答复。{told}。" in page


@database
def test_whoever_asks_for_an_ended_case_is_told_the_day_that_counted_when_it_ended(
    posted: tuple[Office, Service],
) -> None:
    office, service = posted
    item = service.notice.items.get()
    with at(JANUARY):
        record_received(office.actor(Role.CLERK), service, on=JANUARY, proof="本人签收")
        item.refresh_from_db()
        told = spans_told(item, JANUARY)
        page = browser_of(office, Role.CLERK).get(reverse("case_clock", args=[item.public_id])).content.decode()
    summary = (
        "按办结时的放假安排，应当在2027年1月4日（周一）以前答复。"
        "2026年12月30日（周三）办结。以上逐段按现在的放假安排列出。"
    )
    assert told is not None
    assert told["summary"] == summary
    assert summary in page


@database
def test_an_ended_case_that_is_put_right_is_reckoned_anew_and_says_by_which_calendar(
    posted: tuple[Office, Service],
) -> None:
    office, service = posted
    item = service.notice.items.get()
    with at(JANUARY):
        step = item.steps.get(act=LawAct.DISPATCHED)
        correct_step(office.actor(Role.OFFICE_HEAD), step, on=date(2026, 12, 31), reason="邮戳是31日")
        assert reckoned(item) == AFTER
        found = evidence_of(item, JANUARY)
    assert (found.due_on, found.calendar_note) == (date(2027, 1, 5), "")


@database
def test_a_case_says_by_which_calendar_it_ended_though_nobody_redated_it_before(settings: Settings) -> None:
    office = an_office()
    item = a_case(office, on=DECEMBER)
    with at(SENT):
        notice = sealed(office, decided(office, item, "already_public_end"))
        settings.WORKDAYS = str(SHIPPED)
        serve_notice(office.actor(Role.CLERK), notice, way=Way.POST, sent_on=SENT, tracking="EA1")
    assert reckoned(item) == AFTER


def a_correction_case(channel: str = Channel.INTERNET) -> tuple[Item, object]:
    office = an_office()
    letter = a_letter(office.agency, kind=LetterKind.CORRECTION, text="更正我的户籍登记日期")
    with at(MONDAY):
        request = file_request(letter).request
        register_request(office.actor(Role.CLERK), request)
    return Item.objects.get(request=request), office


@database
def test_a_correction_has_a_recommended_day_and_no_steps() -> None:
    item, _ = a_correction_case()
    assert (item.received_on, item.due_on, item.state) == (MONDAY, date(2026, 3, 30), CaseState.RUNNING)
    assert (item.turn_role, item.steps.count(), clock_of(item, on=MONDAY)) == (Role.CLERK, 0, None)


@database
def test_a_correction_by_ordinary_mail_waits_for_its_confirmation() -> None:
    office = an_office()
    letter = a_letter(office.agency, kind=LetterKind.CORRECTION, channel=Channel.ORDINARY_MAIL, arrived_on=MONDAY)
    with at(MONDAY):
        item = Item.objects.get(request=enter_request(office.actor(Role.CLERK), letter).request)
    assert (item.state, item.due_on) == (CaseState.UNCONFIRMED, None)


@database
@pytest.mark.parametrize(
    ("stage", "state", "turn"),
    [
        (Stage.SEALED, CaseState.DECIDED, Role.CLERK),
        (Stage.SENT, CaseState.DECIDED, Role.CLERK),
        (Stage.SERVED, CaseState.ENDED, ""),
        (Stage.WITHDRAWN, CaseState.RUNNING, Role.CLERK),
    ],
)
def test_the_letter_that_answers_a_correction_ends_it(stage: str, state: str, turn: str) -> None:
    item, _ = a_correction_case()
    signed = date(2026, 3, 6)
    notice = Notice.objects.create(
        agency=item.agency,
        kind="correction",
        addressee="周明远",
        body="",
        stage=stage,
        signed_on=signed,
        drafted_at=now(),
    )
    notice.items.add(item)
    project(item)
    assert (item.state, item.turn_role, item.result) == (state, turn, "")
    assert item.closed_on == (None if state == CaseState.RUNNING else signed)


@database
def test_a_correction_is_taken_back() -> None:
    item, _ = a_correction_case()
    with at(date(2026, 3, 6)):
        withdraw(None, item, on=date(2026, 3, 6))
    item.refresh_from_db()
    assert (item.state, item.closed_on, item.result) == (CaseState.ENDED, date(2026, 3, 6), "")


def test_nobody_else_writes_the_cached_columns() -> None:
    columns = "|".join(CACHED)
    writes = re.compile(
        rf"\.update\([^)]*\b({columns})=|\bitem\.({columns})(?:_id)? ?(?:, ?item\.\w+)*=(?!=)|update_fields=\[[^\]]*\"({columns})\""
    )
    app = Path(gongkai.__file__).parent / "inforequests"
    found = {
        f"{path.relative_to(app)}: {match[0]}"
        for path in app.rglob("*.py")
        if path.name != "steps.py" and "migrations" not in path.parts
        for match in writes.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == {
        # Whoever takes a case over is named before it is projected, which keeps him or not.
        "actions/handling.py: item.turn_person_id =",
        # The letter's own column, and that of a service.
        "actions/correcting.py: .update(received_on=",
        'actions/intake.py: update_fields=["confirmed_on", "confirmed_at", "received_on"',
        'actions/following.py: update_fields=["sent_on", "received_on"',
        'actions/following.py: update_fields=["received_on"',
    }
