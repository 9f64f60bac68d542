"""The two faces: what is on the one is not there on the other, for every address that there is."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from gongkai.config.faces import HEALTH, may_reach_office
from gongkai.kernel.ids import LENGTH

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address that the site knows, with something in each gap."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + _filled(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from addresses(pattern, path)


def _filled(pattern: str) -> str:
    text = pattern.removeprefix("^").removesuffix("$").removesuffix("\\Z")
    while "<" in text:
        gap = text[text.index("<") : text.index(">") + 1]
        value = {"int": "7", "date": "2026-01-01"}.get(gap.strip("<>").split(":")[0], "2" * LENGTH)
        text = text.replace(gap, value, 1)
    return text


OFFICE = sorted(path for path in addresses() if path.startswith("/office/"))
OTHERS = sorted(path for path in addresses() if not path.startswith("/office/") and path not in ("/", HEALTH))


def test_there_are_addresses_to_prove() -> None:
    assert len(OFFICE) > 20
    assert not any(mark in path for path in OFFICE for mark in "<>()^$")


@pytest.mark.parametrize("path", [*OFFICE, "/office", "/office/nothing/", "/office//"])
def test_the_public_face_has_no_office(path: str, client: Client, settings: Settings) -> None:
    settings.FACE = "public"
    nothing = client.get("/nothing/")
    for answer in (client.get(path), client.post(path), client.head(path)):
        assert answer.status_code == 404
    assert client.get(path).content == nothing.content


@pytest.mark.parametrize("path", [*OTHERS, "/nothing/"])
def test_the_staff_face_has_nothing_else(path: str, client: Client, settings: Settings) -> None:
    settings.FACE = "staff"
    assert client.get(path).status_code == 404


def test_the_staff_face_begins_at_the_office(client: Client, settings: Settings) -> None:
    settings.FACE = "staff"
    assert client.get("/")["Location"] == "/office/"


@pytest.mark.parametrize("face", ["public", "staff", "both"])
def test_health_is_told_on_each_face(face: str, client: Client, settings: Settings) -> None:
    settings.FACE = face
    answer = client.get(HEALTH)
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.parametrize(
    ("ranges", "address", "may"),
    [
        ([], "203.0.113.7", True),
        (["10.20.0.0/16"], "10.20.3.4", True),
        (["10.20.0.0/16"], "10.21.3.4", False),
        (["10.20.0.0/16"], "::ffff:10.20.3.4", True),
        (["10.20.0.0/16", "192.0.2.9"], "192.0.2.9", True),
        (["10.20.0.0/16"], "2001:db8::1", False),
        (["2001:db8::/32"], "2001:db8::1", True),
        (["10.20.0.0/16"], "", False),
        (["10.20.0.0/16"], "unix:", False),
    ],
)
def test_the_office_is_reached_from_its_ranges_alone(
    ranges: list[str], address: str, may: bool, settings: Settings
) -> None:
    settings.STAFF_RANGES = ranges
    assert may_reach_office(address) is may


@pytest.mark.parametrize("path", OFFICE)
def test_outside_the_ranges_no_address_of_the_office_is_there(path: str, client: Client, settings: Settings) -> None:
    settings.STAFF_RANGES = ["10.20.0.0/16"]
    assert client.get(path, REMOTE_ADDR="198.51.100.4").status_code == 404


def test_a_visitor_can_t_claim_an_address_in_the_ranges(client: Client, settings: Settings) -> None:
    settings.STAFF_RANGES = ["10.20.0.0/16"]
    claim = {"HTTP_X_FORWARDED_FOR": "10.20.0.1"}
    assert client.get("/office/", REMOTE_ADDR="198.51.100.4", **claim).status_code == 404
    settings.PROXIES = 1
    # The proxy adds what it has seen behind what the visitor claims.
    claim = {"HTTP_X_FORWARDED_FOR": "10.20.0.1, 198.51.100.4"}
    assert client.get("/office/", REMOTE_ADDR="127.0.0.1", **claim).status_code == 404
    seen = {"HTTP_X_FORWARDED_FOR": "203.0.113.1, 10.20.0.1"}
    assert client.get("/office/", REMOTE_ADDR="127.0.0.1", **seen).status_code != 404
