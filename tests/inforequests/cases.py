"""The smallest legal cases: an agency with the people that a request needs, a letter, and a case at some stage."""

from dataclasses import dataclass, replace
from datetime import date

from tests.agencies.people import SYSTEM, a_user, an_agency

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.office import set_office
from gongkai.agencies.actions.people import appoint
from gongkai.agencies.actions.tree import change_agency, open_unit
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.intake import Letter, PartyFacts, file_request, register_request
from gongkai.inforequests.choices import Channel, IdentityKind, Medium, Way
from gongkai.inforequests.models import Item
from gongkai.kernel.clock import at

APPLICANT = PartyFacts(
    kind="natural_person",
    name="周明远",
    identity_kind=IdentityKind.RESIDENT,
    identity="000000199003071234",
    phone="13900000001",
    email="zhou@example.com",
    address="青禾县柳溪镇一号",
    postcode="000000",
)
OFFICE_ROLES = (
    Role.CLERK,
    Role.OFFICE_HEAD,
    Role.DEPUTY_HEAD,
    Role.HEAD,
    Role.SECRECY_REVIEWER,
    Role.LEGALITY_REVIEWER,
    Role.SEAL_KEEPER,
    Role.WINDOW_CLERK,
)


@dataclass(frozen=True, slots=True)
class Office:
    """An agency with one person for each role, and a section with a handler and a head."""

    agency: Agency
    unit: Unit
    users: dict[str, User]

    def actor(self, role: str) -> Actor:
        """Who acts in that role."""
        return Actor(self.users[role])


def an_office(name: str = "青禾县水利局") -> Office:
    """A bureau with everybody that a request needs."""
    agency = an_agency(name)
    change_agency(SYSTEM, agency, document_code=f"青{name[3]}", court="青禾县人民法院")
    contact = {"name": f"{name}办公室", "address": "青禾县人民路3号", "phone": "0000-5550103"}
    set_office(SYSTEM, agency, from_on=agency.from_on, **contact)
    unit = open_unit(SYSTEM, agency, name="水政股", from_on=agency.from_on)
    users: dict[str, User] = {str(role): a_user(role, agency, f"{role.label}甲") for role in OFFICE_ROLES}
    for role in (Role.UNIT_HANDLER, Role.SECTION_HEAD):
        user = a_user(None, agency, f"{role.label}甲")
        assert user.person is not None
        appoint(SYSTEM, user.person, role, agency=agency, unit=unit, from_on=agency.from_on)
        users[str(role)] = user
    return Office(agency, unit, users)


def a_letter(agency: Agency, **values: object) -> Letter:
    """A letter of one applicant who wants one thing, sent over the internet."""
    letter = Letter(
        agency=agency,
        channel=Channel.INTERNET,
        text="2025年全县农村饮水工程建设资金安排文件",
        medium=Medium.ELECTRONIC,
        way=Way.DOWNLOAD,
        parties=(APPLICANT,),
    )
    return replace(letter, **values)  # type: ignore[arg-type]


def a_case(office: Office, *, on: date = date(2026, 3, 2), is_registered: bool = True, **values: object) -> Item:
    """A case received over the internet on a day (a Monday), registered the same day."""
    with at(on):
        filed = file_request(a_letter(office.agency, **values))
        if is_registered:
            register_request(office.actor(Role.CLERK), filed.request)
    return Item.objects.get(request=filed.request)
