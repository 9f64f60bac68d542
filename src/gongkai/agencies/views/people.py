"""People at an agency: who works there, what each is and was."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse

from gongkai.agencies import queries, staff
from gongkai.agencies.actions import people
from gongkai.agencies.forms import (
    NewPersonForm,
    PersonForm,
    PostForm,
)
from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.agencies.permissions import APPOINT, MANAGE_AGENCY
from gongkai.agencies.queries import Named
from gongkai.agencies.views.office import (
    actor_of,
    day_asked,
    known_or_404,
    links,
    person_here_or_404,
    require,
)
from gongkai.agencies.views.pages import address, agency_tab, asked_of, form_at, may_now
from gongkai.kernel.clock import today
from gongkai.ui.templatetags.ui import day


@login_required
def index(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who works at an agency on a day, in which roles and posts."""
    here, asked = asked_of(request, public_id)
    agency, on = here.agency, asked.on
    roles: dict[int, list[str]] = {}
    for row in staff.appointments(agency, on):
        roles.setdefault(row.person_id, []).append(role_in_words(row))
    titles = staff.titles(agency, on)
    rows = [
        [
            {"text": person.name, "href": address(agency, "person", person.public_id) + asked.query},
            {"text": "、".join(titles.get(person.pk, []))},
            {"text": "；".join(roles.get(person.pk, []))},
            {"text": person.phone},
        ]
        for person in staff.people(agency, on)
    ]
    context = {
        "heads": [{"label": label} for label in ("姓名", "职务", "角色", "办公电话")],
        "rows": rows,
        "links": links(
            ("登记人员", address(agency, "person_add"), may_now(request, MANAGE_AGENCY, here, asked)),
            ("任用其他机关的人员", address(agency, "people_find"), may_now(request, APPOINT, here, asked)),
        ),
    }
    return agency_tab(request, here, asked, "agency_people", "agencies/people.html", context)


@login_required
def find(request: HttpRequest, public_id: str) -> HttpResponse:
    """People of other agencies by name, to be appointed here without being entered anew."""
    here, words = known_or_404(public_id, today()), request.GET.get("q", "").replace("\0", "").strip()[:40]
    require(request, APPOINT, here.agency)
    found = staff.people_named(words)
    names = queries.names_on({person.agency_id for person in found if person.agency_id is not None}, today())
    rows = [
        [
            {"text": person.name, "href": address(here.agency, "person_appoint", person.public_id)},
            {"text": names.get(person.agency_id or 0, "")},
        ]
        for person in found
    ]
    heads = [{"label": "姓名（打开后任用）"}, {"label": "登记机关"}]
    context = {"heads": heads, "rows": rows, "words": words}
    return agency_tab(request, here, day_asked(request), "agency_people", "agencies/find_people.html", context)


@login_required
def detail(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """A person at an agency: posts and appointments over time, what waits for him."""
    here, asked = asked_of(request, public_id)
    agency, person = here.agency, person_here_or_404(person_id, here.agency)
    may_manage, may_appoint = (may_now(request, act, here, asked) for act in (MANAGE_AGENCY, APPOINT))
    rows = list(
        person.appointments.select_related("agency", "unit", "delegated_from__person")
        .prefetch_related(Prefetch("delegations", Appointment.objects.select_related("person")))
        .order_by("-from_on")
    )
    works = staff.open_work_of(person, today(), agency=agency) if may_appoint else []

    def at(name: str) -> str:
        return address(agency, name, person.public_id)

    context = {
        "person": person,
        "work_heads": [{"label": "事项"}, {"label": "期限"}],
        "contact": [{"label": "办公电话", "text": person.phone}, {"label": "办公邮箱", "text": person.email}],
        "posts": [_post_step(post, agency, asked.on, may_manage) for post in person.posts.order_by("-from_on")],
        "appointments": _steps(rows, agency, asked.on, may_appoint),
        "works": [[{"text": work.title, "href": work.url}, {"text": day(work.due_on)}] for work in works],
        "links": links(
            ("修改资料", at("person_change"), may_manage),
            ("登记职务", at("person_post"), may_manage),
            ("任用", at("person_appoint"), may_appoint),
            ("离任", at("person_leave"), may_appoint and any(_holds(row, agency, asked.on) for row in rows)),
        ),
        "work_links": links(("交接未了的事项", at("person_hand_over"), may_appoint and bool(works))),
    }
    return agency_tab(request, here, asked, "agency_people", "agencies/person.html", context)


@login_required
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enters a person."""
    here = known_or_404(public_id, today())

    def act(values: dict[str, Any]) -> str:
        return at_person(here, people.add_person(actor_of(request), here.agency, **values))

    return form_at(
        request, here, NewPersonForm, act, "登记人员", done="已登记人员，接下来可以任用", back=back_to_people(here)
    )


@login_required
def change(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Changes a person's name or contact."""
    here = known_or_404(public_id, today())
    person = person_here_or_404(person_id, here.agency)

    def act(values: dict[str, Any]) -> str:
        people.change_person(actor_of(request), person, here.agency, **values)
        return at_person(here, person)

    initial = {"name": person.name, "phone": person.phone, "email": person.email}
    return form_at(
        request,
        here,
        PersonForm,
        act,
        "修改人员资料",
        done="已保存",
        row=person,
        initial=initial,
        back=back_to_people(here),
    )


@login_required
def give_post(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Notes an official job."""
    here = known_or_404(public_id, today())
    person = person_here_or_404(person_id, here.agency)

    def act(values: dict[str, Any]) -> str:
        people.give_post(actor_of(request), person, here.agency, **values)
        return at_person(here, person)

    return form_at(
        request, here, PostForm, act, f"登记{person.name}的职务", done="已登记职务", back=back_to_people(here)
    )


def role_in_words(row: Appointment) -> str:
    """The role, its unit, and in whose place where it is delegated."""
    unit = f"（{row.unit.name}）" if row.unit is not None else ""
    instead = f"（代{row.delegated_from.person.name}）" if row.delegated_from is not None else ""
    return f"{row.get_role_display()}{unit}{instead}"


def _steps(rows: list[Appointment], agency: Agency, on: Any, may_appoint: bool) -> list[dict[str, Any]]:
    names = queries.names_on({row.agency_id for row in rows if row.agency_id not in (None, agency.pk)}, on)
    return [
        {
            "when": _when(row),
            "what": role_in_words(row),
            "text": "；".join(filter(None, [_place(row, names), *_delegated(row, on)])),
            "basis": row.basis,
            "open": row.from_on > on,
            "tag": "现任" if _is_held(row, on) else "",
            "kind": "done",
            "links": links(
                ("终止任用", address(agency, "appointment_end", row.public_id), _may_end(row, agency, on, may_appoint)),
                (
                    "授权他人代行",
                    address(agency, "appointment_delegate", row.public_id),
                    row.delegated_from_id is None and _may_end(row, agency, on, may_appoint),
                ),
            ),
        }
        for row in rows
    ]


def _place(row: Appointment, names: dict[int, str]) -> str:
    """Where it is, unless it is at the agency whose page this is."""
    return names.get(row.agency_id, "") if row.agency_id is not None else "全县"


def _delegated(row: Appointment, on: Any) -> list[str]:
    """Who acts in it and when, as long as that is not over."""
    return [f"由{made.person.name}代行（{_when(made)}）" for made in row.delegations.all() if _runs_on(made, on)]


def _post_step(post: Any, agency: Agency, on: Any, may_manage: bool) -> dict[str, Any]:
    is_ours = may_manage and post.agency_id == agency.pk
    return {
        "when": _when(post),
        "what": post.title,
        "open": post.from_on > on,
        "tag": "现任" if _is_held(post, on) else "",
        "kind": "done",
        "links": links(
            ("更正", address(agency, "row_correct", "post", post.public_id), is_ours),
            ("免职", address(agency, "row_end", "post", post.public_id), is_ours and _runs_on(post, on)),
        ),
    }


def _when(row: Any) -> str:
    return f"{day(row.from_on)}起" + (f"，{day(row.to_on)}止" if row.to_on is not None else "")


def _runs_on(row: Any, on: Any) -> bool:
    return row.to_on is None or bool(on < row.to_on)


def _is_held(row: Any, on: Any) -> bool:
    return bool(row.from_on <= on) and _runs_on(row, on)


def _holds(row: Appointment, agency: Agency, on: Any) -> bool:
    return row.agency_id == agency.pk and _runs_on(row, on)


def _may_end(row: Appointment, agency: Agency, on: Any, may_appoint: bool) -> bool:
    return may_appoint and _holds(row, agency, on)


def at_person(here: Named, person: Person) -> str:
    """The address of a person at an agency."""
    return address(here.agency, "person", person.public_id)


def back_to_people(here: Named) -> tuple[str, str]:
    """The way back to the list of people."""
    return "人员", address(here.agency, "agency_people")
