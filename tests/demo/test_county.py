"""The demo county: what the tour needs is there, everything was done by acts, and nobody else can use its accounts."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from pytest_django import Settings

from gongkai.agencies.models import Agency, Appointment, Person, Succession, Unit, User
from gongkai.agencies.permissions import MANAGE_AGENCY, in_force, reasons_against
from gongkai.agencies.roles import INSTALLATION_ROLES, Role
from gongkai.audit.models import Entry
from gongkai.audit.queries import chains, proof
from gongkai.demo import accounts, county, tour
from gongkai.demo.names import people
from gongkai.kernel.clock import at, legal_day

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
TODAY = date(2026, 11, 23)


@pytest.fixture
def built(settings: Settings) -> "list[str]":  # type: ignore[misc]  # a generator fixture
    settings.GONGKAI_PROFILE = "demo"
    with at(TODAY):
        county.build()
        yield chains()


def agency(code: str) -> Agency:
    return Agency.objects.get(code=code)


@pytest.mark.usefixtures("built")
def test_the_county_has_what_the_tour_needs() -> None:
    bigger = ["QH-ZFB", "QH-GX", "QH-ZR", "QH-ZJ", "QH-JT"]
    staff = {
        one: Person.objects.filter(posts__agency__code=one, posts__to_on=None).distinct().count() for one in bigger
    }
    assert staff.pop("QH-ZFB") == 9 + 4
    assert set(staff.values()) == {9}
    assert Person.objects.filter(posts__agency__code="QH-LX").count() == 3
    heads = Person.objects.filter(appointments__role=Role.HEAD, appointments__agency__to_on=None)
    assert heads.filter(user=None).exists()
    assert heads.exclude(user=None).exists()
    merged = Succession.objects.get()
    assert (merged.predecessor.code, merged.successor.code) == ("QH-SW", "QH-GX")
    assert merged.on.year == TODAY.year - 1
    delegated = in_force(Appointment.objects.exclude(delegated_from=None), TODAY).get()
    assert delegated.delegated_from is not None
    assert delegated.delegated_from.person != delegated.person
    unit = Unit.objects.get(offices__agency__code="QH-ZF")
    assert unit.agency.code == "QH-ZFB"


@pytest.mark.usefixtures("built")
def test_no_person_holds_two_of_the_separated_roles() -> None:
    held = Appointment.objects.filter(role__in=INSTALLATION_ROLES)
    assert set(held.values_list("role", flat=True)) == set(INSTALLATION_ROLES)
    assert held.count() == held.values("person").distinct().count()


def test_everything_was_done_by_acts_on_the_days_of_its_history(built: list[str]) -> None:
    for chain in built:
        assert list(proof(chain, values=True)) == []
    days = {legal_day(one) for one in Entry.objects.values_list("at", flat=True)}
    assert min(days) == county.FOUNDED
    assert max(days) == TODAY - timedelta(days=3)


@pytest.mark.usefixtures("built")
def test_what_a_guide_lacks_is_nothing() -> None:
    from gongkai.agencies.guide import guide

    for one in Agency.objects.filter(to_on=None):
        assert [finding.message for finding in guide(one, TODAY).findings] == []


@pytest.mark.usefixtures("built")
def test_the_code_that_is_shown_opens_the_door() -> None:
    username = accounts.account_of(Role.CLERK, "QH-ZR")
    user = User.objects.get(username=username)
    assert user.check_password(accounts.PASSWORD)
    code = accounts.code(username)
    assert len(code) == 6
    assert TOTP(Authenticator.objects.get(user=user)).validate_code(code)
    assert reasons_against(MANAGE_AGENCY, agency("QH-ZR"), user, TODAY) == []


@pytest.mark.usefixtures("built")
def test_every_account_is_told_with_what_it_may_do() -> None:
    told = accounts.told("gongkai")
    for user in User.objects.all():
        assert f"  {user.username} " in told
    assert "政府信息公开工作机构负责人（代行）" in told
    assert accounts.account_of(Role.AUDIT_ADMIN) in tour.told(8000)


@pytest.mark.parametrize("act", [county.build, lambda: accounts.code("wangmin")])
def test_outside_of_the_demo_there_is_none(act: Callable[[], object]) -> None:
    with pytest.raises((ValueError, accounts.NoSuchAccount)):
        act()
    assert not county.exists()


@pytest.mark.usefixtures("built")
def test_outside_of_the_demo_a_code_is_not_told(settings: Settings) -> None:
    settings.GONGKAI_PROFILE = "production"
    with pytest.raises(accounts.NoSuchAccount):
        accounts.code(accounts.account_of(Role.CLERK, "QH-ZR"))


def test_names_are_many_and_each_gives_one_user_name() -> None:
    found = list(people())
    assert len(found) > 200
    assert len({username for _, username in found}) == len(found)
    assert found == list(people())
