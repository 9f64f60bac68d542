"""The logs: enough to find a fault, nothing about a person."""

import json
import logging

import pytest
import structlog
from django.conf import settings
from django.test import Client
from django.urls import reverse

from gongkai.config.faults import WithoutPath, without_values
from gongkai.kernel.ids import public_id

PERSONAL = "110101199003070000"


class Kept(logging.Handler):
    """Formats as the console handler does, and keeps the lines."""

    def __init__(self) -> None:
        super().__init__()
        options = settings.LOGGING["formatters"]["json"]
        self.addFilter(WithoutPath())
        self.setFormatter(structlog.stdlib.ProcessorFormatter(**{k: v for k, v in options.items() if k != "()"}))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> "list[str]":  # type: ignore[misc]  # a generator fixture
    handler, root = Kept(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.django_db
def test_a_request_is_logged_by_its_pattern_alone(kept: list[str]) -> None:
    Client().get(
        f"/office/agencies/{public_id()}/?q={PERSONAL}", headers={"user-agent": PERSONAL}, REMOTE_ADDR="192.0.2.77"
    )
    lines = [json.loads(line) for line in kept]
    told = next(line for line in lines if line["event"] == "request")
    assert (told["method"], told["route"], told["status"]) == ("GET", "office/agencies/<id:public_id>/", 302)
    assert not any(PERSONAL in line or "192.0.2.77" in line for line in kept)


@pytest.mark.django_db
def test_what_a_visitor_types_into_the_address_is_not_logged(kept: list[str]) -> None:
    Client().get(f"/{PERSONAL}/")
    assert {json.loads(line)["event"] for line in kept} == {"request", "Not Found"}
    assert not any(PERSONAL in line for line in kept)


@pytest.mark.django_db
def test_the_link_that_gives_a_new_code_is_not_logged_where_its_form_lacks_the_token(kept: list[str]) -> None:
    address = reverse("query_recover_code", args=[public_id()])
    answer = Client(enforce_csrf_checks=True).post(address)
    assert answer.status_code == 403
    lines = [json.loads(line) for line in kept]
    assert {line["logger"] for line in lines} == {"django.security.csrf", "gongkai.access"}
    assert not any(address in line for line in kept)


def test_an_exception_is_logged_without_what_it_says(kept: list[str]) -> None:
    try:
        try:
            raise ValueError(PERSONAL)
        except ValueError as error:
            raise KeyError(f"name={PERSONAL}") from error
    except KeyError:
        logging.getLogger("django.request").exception("failed")
        structlog.get_logger("gongkai.test").exception("failed")
    assert len(kept) == 2
    for line in kept:
        told = json.loads(line)["exception"]
        assert [one["kind"] for one in told] == ["KeyError", "ValueError"]
        assert "test_logs.py" in told[0]["at"][-1]
        assert PERSONAL not in line


def test_what_is_no_exception_is_left_as_it_is() -> None:
    assert without_values(None, "", {"event": "x", "exc_info": None}) == {"event": "x"}
    assert without_values(None, "", {"event": "x"}) == {"event": "x"}
