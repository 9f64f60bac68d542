"""The address test: every address has a line that tells who gets what at it; a new one without a line fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.agencies.addresses import ADDRESSES, ANYWHERE, BELOW, BY_PREFIX, NONE, OTHER, OWN, ROLES, Line
from tests.agencies.organisations import of_one_agency
from tests.agencies.people import SYSTEM, a_person, a_user, an_agency, signed_in
from tests.inforequests.cases import a_letter
from tests.inforequests.issuing import FIELDS

from gongkai.agencies.actions.office import open_channel
from gongkai.agencies.actions.people import appoint
from gongkai.agencies.actions.tree import open_unit
from gongkai.agencies.exchange.reading import read_book
from gongkai.agencies.exchange.uploads import Upload, keep
from gongkai.agencies.models import Agency, User
from gongkai.agencies.roles import ChannelKind, Role
from gongkai.files.actions import store
from gongkai.files.inspection import Inspected
from gongkai.files.kinds import Kind
from gongkai.files.probing import Probed
from gongkai.files.purposes import Purpose
from gongkai.inforequests.actions.drafting import draft_notice
from gongkai.inforequests.actions.handling import add_release
from gongkai.inforequests.actions.intake import file_request, register_request
from gongkai.inforequests.models import Item

pytestmark = pytest.mark.django_db
TITLES = {OWN: "青禾县水利局", BELOW: "青禾县水文监测中心", OTHER: "青禾县林业局"}
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Address:
    """A named address: its route from the root, and whether allauth stands behind it."""

    name: str
    route: str
    is_allauth: bool

    @property
    def variables(self) -> list[str]:
        return _VARIABLE.findall(self.route)

    @property
    def has_place(self) -> bool:
        """Whether it belongs to an agency, and not to the installation."""
        is_of_agency = {"public_id", "case_id", "notice_id"} & set(self.variables)
        return bool(is_of_agency) and not self.name.startswith("account")


def _walked(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Address]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walked(each.url_patterns, route)
        else:
            yield Address(each.name or route, route, each.callback.__module__.startswith("allauth."))


EVERY = list(_walked(get_resolver().url_patterns))
OURS = [address for address in EVERY if not address.is_allauth]


@dataclass(frozen=True, slots=True)
class World:
    """Three agencies, and for each the values that addresses need."""

    agencies: dict[str, Agency]
    parts: dict[str, dict[str, str]]

    def path(self, address: Address, place: str, **instead: str) -> str:
        values = {**self.parts[place], **instead}
        if address.name.startswith("account"):
            values["public_id"] = values["account_id"]
        return reverse(address.name, kwargs={name: values[name] for name in address.variables})


@pytest.fixture
def world() -> World:
    own = an_agency(TITLES[OWN])
    agencies = {OWN: own, BELOW: an_agency(TITLES[BELOW], parent=own), OTHER: an_agency(TITLES[OTHER])}
    return World(agencies, {place: _parts(agency) for place, agency in agencies.items()})


def _parts(agency: Agency) -> dict[str, str]:
    person = a_person(agency, "孙悦")
    # Heads, so that an address of an end of the last one is met too; two, so that it is no matter of refusal.
    rows = [
        appoint(SYSTEM, one, Role.HEAD, agency=agency, from_on=agency.from_on)
        for one in (person, a_person(agency, "钱程"))
    ]
    channel = open_channel(SYSTEM, agency, kind=ChannelKind.WINDOW, details="人民路 8 号", from_on=agency.from_on)
    case = _case(agency)
    # Two, so that the page that lists them does not lead on to the only one.
    releases = [
        add_release(SYSTEM, case, file=None, note=note, is_pointer=True) for note in ("甲柜第三层", "甲柜第四层")
    ]
    return {
        "case_id": case.public_id,
        "file_id": _attachment(case),
        "notice_id": draft_notice(SYSTEM, case, "clarification", fields=FIELDS).public_id,
        "form": "docx",
        "notice_kind": "granted",
        "letter_kind": "registration",
        "release_id": releases[0].public_id,
        "public_id": agency.public_id,
        "unit_id": open_unit(SYSTEM, agency, name="办公室", from_on=agency.from_on).public_id,
        "person_id": person.public_id,
        "appointment_id": rows[0].public_id,
        "account_id": a_user(None, agency, "周平").public_id,
        "kind": "channel",
        "row_id": getattr(channel, "public_id", ""),
        "part": "information",
        "file_kind": "docx",
        "order": "0",
        "place": "1",
        "number": "0",
        "upload_id": keep(Upload("机构.xlsx", read_book(of_one_agency()))),
    }


def _case(agency: Agency) -> Item:
    """A registered case of an agency."""
    filed = file_request(a_letter(agency))
    register_request(SYSTEM, filed.request)
    return Item.objects.get(request=filed.request)


def _attachment(case: Item) -> str:
    """A file of the letter; it is not looked into, which takes a process of its own."""
    path = Path(settings.FILE_UPLOAD_TEMP_DIR, case.public_id)
    path.write_bytes(b"%PDF-1.7")
    inspected = Inspected(path, "附图.pdf", Purpose.APPLICATION, path.stat().st_size, Probed(Kind.PDF))
    with transaction.atomic():
        return store(inspected, owner=case.request.public_id, subject=case.request.public_id).public_id


def the_user(role: str, world: World) -> User:
    return a_user(None if role == NONE else Role(role), world.agencies[OWN], "何平")


def places(address: Address) -> tuple[str, ...]:
    return ANYWHERE if address.has_place else (OWN,)


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert {address.name for address in OURS} == set(ADDRESSES)
    assert all(address.route.startswith(tuple(BY_PREFIX)) for address in EVERY if address.is_allauth)


def test_every_page_opens_for_somebody(world: World) -> None:
    """Who may is a matter of the rules, and tested on one engine; what each page asks is asked of both."""
    browsers: dict[str, Client] = {}
    wrong = []
    for address in OURS:
        line = ADDRESSES[address.name]
        for role in [role for role in ROLES if line.status(role, OWN) == 200][:1]:
            if role not in browsers:
                browsers[role] = signed_in(the_user(role, world))
            wrong += _wrong(browsers[role], world.path(address, OWN), OWN, line, role)
    assert not wrong, "\n".join(wrong)


@pytest.mark.any_engine
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_its_line_says(world: World, role: str) -> None:
    client = signed_in(the_user(role, world))
    wrong = []
    for address in OURS:
        for place in places(address):
            wrong += _wrong(client, world.path(address, place), place, ADDRESSES[address.name], role)
    assert not wrong, "\n".join(wrong)


def _wrong(client: Client, path: str, place: str, line: Line, role: str) -> list[str]:
    """What is wrong with the answers: to a GET, and to a POST of what may not be opened; a title that is told there."""
    expected = line.status(role, place)
    methods = [client.get] if expected == 200 or line.everybody else [client.get, client.post]
    found = []
    for ask in methods:
        answer = ask(path)
        if answer.status_code != expected:
            found.append(f"{ask.__name__} {path} at {place}: {answer.status_code}, not {expected}")
        if expected != 200 and TITLES[place] in answer.content.decode():
            found.append(f"{ask.__name__} {path} at {place} tells its title")
    return found


def test_a_refusal_tells_why_and_where_to_turn(world: World) -> None:
    client = signed_in(the_user("clerk", world))
    page = client.get(reverse("agency_change", args=[world.agencies[OTHER].public_id])).content.decode()
    assert "您不能在这个机关维护本机关的机构、人员和公开指南" in page
    assert "请由该机关有相应角色的人员办理" in page


@pytest.mark.any_engine
def test_nobody_is_led_to_the_door(world: World) -> None:
    wrong = []
    for address in OURS:
        for place in places(address):
            path, line = world.path(address, place), ADDRESSES[address.name]
            if line.everybody:
                wrong += _wrong(Client(), path, place, line, NONE)
                continue
            expected = line.nobody
            for ask in (Client().get, Client().post) if expected == 302 else (Client().get,):
                answer = ask(path)
                door = answer.headers.get("Location", "/office/sign-in/").startswith("/office/sign-in/")
                if answer.status_code != expected or not door or (expected == 302 and answer.content):
                    wrong.append(f"{ask.__name__} {path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_the_addresses_of_allauth_tell_nobody_anything(world: World) -> None:
    for address in (address for address in EVERY if address.is_allauth):
        allowed = next(statuses for prefix, statuses in BY_PREFIX.items() if address.route.startswith(prefix))
        answer = Client().get("/" + _VARIABLE.sub("1", address.route))
        assert answer.status_code in allowed, address
        assert not any(title in answer.content.decode() for title in TITLES.values())


@pytest.mark.any_engine
@pytest.mark.parametrize("role", ["system_admin", "office_head", "head"])
def test_what_belongs_to_another_agency_is_not_there_under_ones_own(world: World, role: str) -> None:
    """An id of another agency behind one's own: 404, or 403 where the role may not do it anyway."""
    client = signed_in(the_user(role, world))
    wrong = []
    for address in OURS:
        # Somebody of another agency may well be appointed.
        if address.name == "person_appoint":
            continue
        for name in {"unit_id", "person_id", "appointment_id", "row_id", "file_id"} & set(
            address.variables if address.has_place else ()
        ):
            path = world.path(address, OWN, **{name: world.parts[OTHER][name]})
            statuses = {client.get(path).status_code, client.post(path, {"to_on": "2026-01-01"}).status_code}
            if not statuses <= {403, 404}:
                wrong.append(f"{address.name} with a foreign {name}: {statuses}")
    assert not wrong, "\n".join(wrong)


def test_journals_of_others_are_not_even_listed(world: World) -> None:
    listed = {role: signed_in(the_user(role, world)).get(reverse("journal")).content.decode() for role in JOURNALS}
    told = {role: [place for place, title in TITLES.items() if title in page] for role, page in listed.items()}
    assert told == JOURNALS


JOURNALS = {"audit_admin": [OWN, BELOW, OTHER], "office_head": [OWN], "supervisor": [OWN, BELOW]}


@pytest.mark.any_engine
@pytest.mark.parametrize("who", ["nobody", "system_admin", "office_head"])
@override_settings(FACE="public")
def test_the_public_face_has_no_address_of_the_office(world: World, who: str) -> None:
    client = Client() if who == "nobody" else signed_in(the_user(who, world))
    wrong = []
    for address in EVERY:
        if address.route.startswith("office/"):
            path = "/" + _VARIABLE.sub("1", address.route) if address.is_allauth else world.path(address, OWN)
            statuses = {client.get(path).status_code, client.post(path).status_code}
            wrong += [] if statuses == {404} else [f"{path}: {statuses}"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.any_engine
@override_settings(FACE="staff")
def test_the_staff_face_has_no_public_address(world: World) -> None:
    public = [address for address in OURS if not address.route.startswith("office/") and address.name != "health"]
    for address in (address for address in public if address.route):
        assert Client().get(world.path(address, OWN)).status_code == 404, address


def test_a_merged_agency_is_kept_by_its_successor_and_by_nobody_else(world: World) -> None:
    from gongkai.agencies.actions.tree import merge_agency

    heir, old = world.agencies[OWN], an_agency("青禾县河长制工作处")
    merge_agency(SYSTEM, old, into=[heir], on=date(2026, 3, 1))
    path = reverse("journal_agency", args=[old.public_id])
    assert signed_in(the_user("office_head", world)).get(path).status_code == 200
    stranger = a_user(Role.OFFICE_HEAD, world.agencies[OTHER], "郑直")
    assert signed_in(stranger).get(path).status_code == 403
