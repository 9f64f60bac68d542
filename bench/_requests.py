"""Requests on one engine, in a process of its own: `python -m bench._requests ENGINE` prints its rows as JSON lines.

Whatever is measured stands beside the same thing bare: the desk beside its indexed query and template, filing beside a
view that inserts one row, a step beside the same rows inserted by themselves.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, timedelta
from itertools import chain, count
from types import ModuleType
from typing import Any

from tests import installation, postgresql

AGENCIES, CASES = 80, 100_000
_BARE_DESK = """{% extends "ui/office.html" %}{% block title %}办件{% endblock %}{% block content %}
{% component "cases" caption="办件" rows=rows %}{% endblock %}"""
_NUMBERS = count(1_000_000)
OPEN_SHARE = 20
"""One case in so many is open, the rest is closed: five years of a county."""


def main(engine: str) -> None:
    """Prepares an installation on that engine, measures, and leaves nothing behind."""
    with postgresql.running(is_durable=True) if engine == "postgresql" else nullcontext("") as port:
        os.environ[installation.PORT] = str(port)
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
        installation.prepare(engine)
        import django

        django.setup()
        logging.disable()  # the access log would stand between the rows
        from django.conf import settings
        from django.test.utils import override_settings
        from tests import databases

        settings.ALLOWED_HOSTS = ["localhost"]
        databases.renew()
        plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
        with override_settings(ROOT_URLCONF=_with_bare_pages(), STORAGES={**settings.STORAGES, **plain}):
            for row in chain(_filing(), _step(), _desk()):
                print(json.dumps(row), flush=True)
    installation.leave()


def _desk() -> Iterator[tuple[str, float, str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests.agencies.people import signed_in

    from bench.timing import ratio

    for who, user in _county().items():
        client = signed_in(user)
        client.defaults["SERVER_NAME"] = "localhost"
        for tab in ("turn", "all", "closed"):
            path, bare = f"/office/cases/?tab={tab}", f"/office/bare-desk/?tab={tab}"
            assert client.get(path).status_code == client.get(bare).status_code == 200
            measured = ratio(lambda: client.get(path), lambda: client.get(bare), runs=15)  # noqa: B023  at once
            what = f"desk, {CASES:,} cases, {AGENCIES} agencies: {tab} of {who}"
            yield f"{what} / bare indexed query + template", measured, "≤ 3"
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            yield f"{what}: queries", len(queries), "≤ 8"


def _county() -> dict[str, Any]:
    """80 agencies with 100,000 cases of five years; the clerk of one, and the supervisor of all."""
    from tests.agencies.people import a_user, an_agency

    from gongkai.agencies.roles import Role

    top = an_agency("青禾县人民政府办公室")
    agencies = [top, *(an_agency(f"青禾县第{number}局", parent=top) for number in range(1, AGENCIES))]
    _insert_cases(agencies)
    return {
        "a clerk": a_user(Role.CLERK, agencies[7], "经办人"),
        "a supervisor": a_user(Role.SUPERVISOR, top, "监督人"),
    }


def _insert_cases(agencies: list[Any]) -> None:
    from gongkai.inforequests.choices import CaseState
    from gongkai.inforequests.models import Item, Request
    from gongkai.kernel.clock import today
    from gongkai.law.workdays import calendar

    days, on = calendar(), today()
    requests, items = [], []
    for number in range(CASES):
        agency, received = agencies[number % AGENCIES], on - timedelta(days=number % 1800)
        is_open = number % OPEN_SHARE == 0
        if is_open:
            received = on - timedelta(days=number // OPEN_SHARE % 28)
        request = _row(agency.pk, number + 1, received)
        requests.append(request)
        due = days.add(received, 20)
        items.append(
            Item(
                request=request,
                agency=agency,
                text=request.text,
                received_on=received,
                state=CaseState.RUNNING if is_open else CaseState.ENDED,
                due_on=due,
                closed_on=None if is_open else min(due, on),
                result="" if is_open else "granted",
                first_result="" if is_open else "granted",
                turn_role="clerk" if is_open else "",
                calendar_revision=days.revision,
            )
        )
    Request.objects.bulk_create(requests, batch_size=2_000)
    Item.objects.bulk_create(items, batch_size=2_000)
    _analyse()


def _row(agency: int, number: int, on: date) -> Any:
    """A letter as a row."""
    from gongkai.inforequests.choices import Channel, Medium, Way
    from gongkai.inforequests.models import Request
    from gongkai.kernel.clock import now

    return Request(
        agency_id=agency,
        year=on.year,
        number=number,
        channel=Channel.INTERNET,
        text=f"青禾县第{number - 1}号项目的批准文件和资金安排",
        medium=Medium.ELECTRONIC,
        way=Way.DOWNLOAD,
        applicant_kind="natural_person",
        taken_at=now(),
        registered_at=now(),
        arrived_on=on,
        received_on=on,
    )


def _analyse() -> None:
    """What a database does by itself in time: it learns how its rows are spread."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _filing() -> Iterator[tuple[str, float, str]]:
    """A citizen's last page of filing, sent; beside an empty view that inserts the letter's row, by itself and guarded.

    What is demanded is beside the view by itself. Whatever a visitor really sends passes the check of its origin and
    reads his session; beside a view that does too, it is told.
    """
    from tests.inforequests.applying import Citizen, an_open_agency

    from gongkai.inforequests import throttling
    from gongkai.inforequests.views import apply

    agency = an_open_agency("青禾县档案局")
    citizen = Citizen(enforce_csrf_checks=True, SERVER_NAME="localhost")
    citizen.get(f"/apply/?agency={agency.public_id}")
    citizen.defaults["HTTP_X_CSRFTOKEN"] = citizen.cookies["gongkai_csrf"].value
    # Nobody else begins so many letters in an hour.
    apply.DRAFTS = throttling.Limit("drafts", 10_000, 3600)

    def file() -> None:
        assert citizen.post("/apply/check/").status_code == 302

    for what, path, demand in (
        ("an empty POST view with one insert", "bare-insert-alone", "≤ 4"),
        ("the same view behind session and origin check", "bare-insert", "told"),
    ):

        def bare() -> None:
            assert citizen.post(f"/{path}/{agency.pk}/").status_code == 302  # noqa: B023  used at once

        yield f"filing / {what}", _ratio_prepared(file, bare, lambda: citizen.fill(agency)), demand


def _ratio_prepared(work: Any, bare: Any, prepare: Any, runs: int = 25) -> float:
    """The median of work/bare, each run prepared outside of the time."""
    from statistics import median
    from time import perf_counter

    found = []
    for _ in range(runs):
        prepare()
        begun = perf_counter()
        work()
        middle = perf_counter()
        bare()
        found.append((middle - begun) / (perf_counter() - middle))
    return median(found)


def _step() -> Iterator[tuple[str, float, str]]:
    """A search recorded by an officer, with its handling and journal; beside the same rows inserted bare."""
    from django.db import transaction
    from tests.inforequests.cases import a_case, an_office

    from gongkai.audit.models import Chain, Entry
    from gongkai.inforequests.actions.handling import record_search
    from gongkai.inforequests.models import Handling, SearchRecord
    from gongkai.kernel.clock import now

    office = an_office("青禾县统计局")
    item = a_case(office, on=date(2026, 11, 2))
    actor = office.actor("clerk")
    facts = {"place": "档案室", "terms": "饮水工程 2025", "is_found": False, "outcome": "没有检索到"}

    def step() -> None:
        record_search(actor, item, searched_on=date(2026, 11, 2), **facts)

    def bare() -> None:
        """The rows that the step writes, the journal's among them, in a transaction of their own."""
        with transaction.atomic():
            SearchRecord.objects.create(item=item, searched_on=date(2026, 11, 2), recorded_at=now(), **facts)
            Handling.objects.create(item=item, kind="searched", at=now(), role="clerk")
            _bare_entry(Entry)

    Chain.objects.get_or_create(key="bench")
    yield "a step with its journal / the same rows inserted bare", _ratio_prepared(step, bare, lambda: None, 40), "≤ 3"


def _bare_entry(entries: Any) -> None:
    from gongkai.audit.models import EntryValues
    from gongkai.kernel.clock import now

    number = entries.objects.filter(chain="bench").count() + 1
    row = entries.objects.create(
        chain_id="bench", number=number, at=now(), actor="bench", act="bench", subject="bench", hash=""
    )
    EntryValues.objects.create(entry=row, sealed=b"0" * 120)


def _with_bare_pages() -> str:
    from django.contrib.auth.decorators import login_required
    from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
    from django.template import engines
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt

    from gongkai.config import urls
    from gongkai.kernel.clock import now

    @login_required
    def bare_desk(request: HttpRequest) -> HttpResponse:
        page = engines["django"].from_string(_BARE_DESK)
        return HttpResponse(page.render({"rows": _bare_rows(request)}, request))

    def bare_insert(request: HttpRequest, agency: int) -> HttpResponse:
        request.session.get("visitor")
        return alone(request, agency)

    @csrf_exempt
    def alone(_request: HttpRequest, agency: int) -> HttpResponse:
        _row(agency, next(_NUMBERS), now().date()).save()
        return HttpResponseRedirect("/")

    module: Any = ModuleType("bench_urls")
    module.urlpatterns = [
        path("office/bare-desk/", bare_desk),
        path("bare-insert/<int:agency>/", bare_insert),
        path("bare-insert-alone/<int:agency>/", alone),
        *urls.urlpatterns,
    ]
    sys.modules[module.__name__] = module
    return str(module.__name__)


def _bare_rows(request: Any) -> list[dict[str, Any]]:
    """The fifty rows of the desk's table, as the database gives them."""
    from gongkai.agencies.navigation import authority_of
    from gongkai.inforequests.choices import CaseState
    from gongkai.inforequests.models import Item
    from gongkai.inforequests.permissions import SEE

    ids = authority_of(request).agency_ids(SEE)
    rows = Item.objects.filter(agency__in=ids or ()).select_related("request")
    if request.GET["tab"] == "closed":
        rows = rows.filter(state=CaseState.ENDED).order_by("-closed_on", "-id")
    else:
        rows = rows.exclude(state=CaseState.ENDED).order_by("due_on", "id")
    return [
        {
            "number": item.register_number,
            "href": "#",
            "text": item.text[:30],
            "applicant": item.request.applicant_kind,
            "state": item.state,
            "due": str(item.due_on),
            "remaining": "",
            "turn": item.turn_role,
        }
        for item in rows[:50]
    ]


if __name__ == "__main__":
    main(sys.argv[1])
