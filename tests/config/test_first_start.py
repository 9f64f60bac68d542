"""The first start: folders and keys for their owner alone, three administrators once, no data of the other profile."""

import stat

import pytest

from gongkai.agencies.models import Appointment, User
from gongkai.agencies.roles import Role
from gongkai.audit.queries import proof
from gongkai.config import environment, first_start
from gongkai.config.environment import NotUsable


@pytest.mark.django_db
def test_three_people_administer_and_are_told_once() -> None:
    made = first_start.administrators()
    assert [one.user.username for one in made] == ["system-admin", "security-admin", "audit-admin"]
    assert all(one.user.check_password(one.password) and one.user.one_time_until for one in made)
    roles = Appointment.objects.filter(agency=None).order_by("pk").values_list("role", flat=True)
    assert list(roles) == [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]
    assert Appointment.objects.values("person").distinct().count() == 3
    assert first_start.administrators() == []
    assert User.objects.count() == 3
    assert list(proof("installation", values=True)) == []


@pytest.mark.django_db
def test_the_database_of_a_started_site_is_up_to_date() -> None:
    assert not first_start.is_behind()


def test_folders_and_keys_are_their_owner_s() -> None:
    for path in (environment.KEYS, environment.DATA / "files", environment.DATA / "uploads"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path
    keys = list(environment.KEYS.glob("*.key"))
    assert keys
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys} == {0o600}


def test_data_of_the_other_profile_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    mark = environment.HOME / "profile-of-another"
    mark.write_text("demo", "utf-8")
    monkeypatch.setattr(first_start, "_MARK", mark)
    with pytest.raises(NotUsable, match="demo 环境的数据"):
        first_start.prepare()
