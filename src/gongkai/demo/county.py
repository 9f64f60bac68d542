"""Building the county, day by day of its history, through the actions that an office uses."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from gongkai.agencies.actions import office, people, tree
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.roles import ChannelKind, Kind, Role
from gongkai.demo import plan
from gongkai.demo.accounts import open_demo_account
from gongkai.demo.names import people as names
from gongkai.demo.plan import Job, Plan
from gongkai.demo.requests.offices import Office, offices
from gongkai.demo.requests.year import play_year
from gongkai.kernel.clock import at, today

SYSTEM = Actor(None)
FOUNDED = date(2019, 3, 1)
_DAYS_AWAY = timedelta(days=14)
_YEAR = timedelta(days=400)
"""Long enough ago for all requests of the year."""
_ADMINISTRATORS = (
    (Role.SYSTEM_ADMIN, "系统管理员"),
    (Role.SECURITY_ADMIN, "安全管理员"),
    (Role.AUDIT_ADMIN, "审计管理员"),
    (Role.SECURITY_ADMIN, "安全管理员（备岗）"),
)


def exists() -> bool:
    """Whether the county has been built."""
    return Agency.objects.exists()


def build() -> dict[str, Office]:
    """Builds the county, all or nothing, and gives its offices. Raises ValueError outside of the demo profile."""
    if settings.GONGKAI_PROFILE != "demo":
        raise ValueError("the demo county belongs into the demo profile")
    with transaction.atomic():
        return _Builder().build()


def build_with_its_year() -> None:
    """Builds the county and its year of requests, all or nothing. The last day is today."""
    with transaction.atomic():
        play_year(build(), today())


class _Builder:
    """What is known while the county is built."""

    def __init__(self) -> None:
        self._names: Iterator[tuple[str, str]] = names()
        self._agencies: dict[str, Agency] = {}
        self._units: dict[str, list[Unit]] = {}
        self._usernames: dict[Person, str] = {}

    def build(self) -> dict[str, Office]:
        on = today()
        with at(FOUNDED):
            government = self._found(plan.GOVERNMENT, None)
            general = self._found(plan.OFFICE, government)
            for bureau in plan.BUREAUS:
                self._found(bureau, government)
            tree.set_review_organ(
                SYSTEM,
                government,
                review_organ=None,
                review_organ_name=plan.ABOVE,
                review_organ_reason="上一级人民政府，不在本系统内",
            )
            for one in (plan.GOVERNMENT, plan.OFFICE, *plan.BUREAUS):
                self._tell_guide(one, general)
        with at(date(on.year - 1, 7, 1)):
            self._merge(date(on.year - 1, 7, 1))
        with at(on - _YEAR):
            for person, username in self._usernames.items():
                open_demo_account(person, username)
            self._appoint_administrators(general, on - _YEAR)
        with at(on - timedelta(days=3)):
            self._send_on_leave(self._agencies["housing"], on - timedelta(days=3))
        return offices(self._agencies, self._units)

    def _found(self, one: Plan, government: Agency | None) -> Agency:
        agency = tree.found_agency(
            SYSTEM,
            name=one.name,
            short_names=one.short_names,
            from_on=FOUNDED,
            code=one.code,
            kind=one.kind,
            level=one.level,
            parent=self._agencies.get("office") or government,
            government=government,
            document_code=one.document_code,
            functions=one.functions,
            court=plan.UPPER_COURT if one.kind == Kind.GOVERNMENT else plan.COURT,
        )
        self._agencies[one.key] = agency
        self._units[one.key] = [tree.open_unit(SYSTEM, agency, name=name, from_on=FOUNDED) for name in one.units]
        for job in one.posts:
            self._employ(one, agency, job)
        return agency

    def _employ(self, one: Plan, agency: Agency, job: Job) -> None:
        name, username = next(self._names)
        person = people.add_person(SYSTEM, agency, name=name, phone=one.phone, email=f"{username}@qinghe.example")
        people.give_post(SYSTEM, person, agency, title=job.title, from_on=FOUNDED)
        unit = self._units[one.key][job.unit] if job.unit is not None else None
        for role in job.roles:
            people.appoint(SYSTEM, person, role, agency=agency, unit=unit, from_on=FOUNDED)
        if one is plan.OFFICE and Role.OFFICE_HEAD in job.roles:
            people.appoint(SYSTEM, person, Role.SUPERVISOR, agency=agency, from_on=FOUNDED)
        if job.group:
            office.add_group_member(SYSTEM, agency, person, from_on=FOUNDED, part=job.group)
        if {Role.OFFICE_HEAD, Role.CLERK} & set(job.roles):
            office.add_office_member(
                SYSTEM, agency, person, from_on=FOUNDED, is_full_time=Role.CLERK in job.roles, is_established=True
            )
        if job.has_login and one is not plan.COMMERCE:
            self._usernames[person] = username

    def _tell_guide(self, one: Plan, general: Agency) -> None:
        agency = self._agencies[one.key]
        # The county's general office does the work for the county's government.
        own = self._units[one.key] or self._units["office"]
        phone = one.phone or plan.OFFICE.phone
        office.set_office(
            SYSTEM,
            agency,
            from_on=FOUNDED,
            unit=own[0],
            name="政务公开工作办公室" if one.units else f"{plan.OFFICE.name}政务公开科",
            address=plan.BUILDING,
            hours=plan.HOURS,
            phone=phone,
            fax=phone[:-1] + "9",
            email=f"{one.code.lower()}@qinghe.example",
            postcode="000000",
            website="https://www.qinghe.example/gkml/",
        )
        channels = {
            ChannelKind.WINDOW: f"{plan.BUILDING}一楼政务公开窗口",
            ChannelKind.POST: f"{plan.BUILDING}{one.name}（信封注明“政府信息公开申请”）",
            ChannelKind.INTERNET: "https://www.qinghe.example/ysqgk/",
        }
        for kind, details in channels.items():
            office.open_channel(SYSTEM, agency, kind=kind, details=details, from_on=FOUNDED)
        for part, text in plan.GUIDE.items():
            office.write_guide_text(SYSTEM, agency, part=part, text=text, from_on=FOUNDED)

    def _merge(self, on: date) -> None:
        """The bureau of commerce went into that of industry last summer."""
        into = [self._agencies["industry"]]
        tree.merge_agency(SYSTEM, self._agencies["commerce"], into=into, on=on, basis="青禾县机构改革方案")

    def _appoint_administrators(self, general: Agency, on: date) -> None:
        for role, title in _ADMINISTRATORS:
            name, username = next(self._names)
            person = people.add_person(SYSTEM, general, name=name)
            people.give_post(SYSTEM, person, general, title=title, from_on=on)
            people.appoint(SYSTEM, person, role, agency=None, from_on=on)
            open_demo_account(person, username)

    def _send_on_leave(self, agency: Agency, on: date) -> None:
        """The head of the housing bureau's office is away, and his deputy acts for him."""
        held = Appointment.objects.get(agency=agency, role=Role.OFFICE_HEAD, delegated_from=None)
        deputy = Appointment.objects.get(agency=agency, role=Role.SECRECY_REVIEWER).person
        people.delegate(SYSTEM, held, to=deputy, from_on=on, to_on=on + _DAYS_AWAY, basis="年休假期间授权代行")
