"""Pages of the office beside an empty one, in a process of its own: `python -m bench._staff_page` prints JSON lines."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from tests import installation

AGENCIES, PEOPLE = 40, 20


def main() -> None:
    """Prepares an installation, measures, and leaves nothing behind."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    logging.disable()  # the access log would stand between the rows
    from django.test.utils import override_settings
    from tests import databases

    databases.renew()
    with override_settings(ROOT_URLCONF=_with_an_empty_page()):
        for row in rows():
            print(json.dumps(row), flush=True)
    installation.leave()


def rows() -> Iterator[tuple[str, float, str]]:
    """Each page: how often an empty page fits into its time, and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests.agencies.people import signed_in

    from bench.timing import ratio

    users, key = _county()
    for name, role, path in (
        ("first page", "security", "/office/"),
        (f"agencies, {AGENCIES}", "security", "/office/agencies/"),
        ("an agency", "system", f"/office/agencies/{key}/"),
        ("an agency's guide", "system", f"/office/agencies/{key}/guide/"),
        (f"people of an agency, {PEOPLE}", "security", f"/office/agencies/{key}/people/"),
        ("accounts, 25", "security", "/office/accounts/"),
        ("journal, 25 entries", "audit", f"/office/journal/{key}/"),
        ("a form", "system", f"/office/agencies/{key}/people/add/"),
    ):
        client = signed_in(users[role])
        client.defaults["SERVER_NAME"] = "localhost"
        assert client.get(path).status_code == client.get("/office/empty/").status_code == 200
        measured = ratio(lambda: client.get(path), lambda: client.get("/office/empty/"), runs=25)  # noqa: B023  at once
        yield f"staff page / empty view with the same base: {name}", measured, "≤ 3"
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        yield f"staff page, queries: {name}", len(queries), "≤ 8"
    client = signed_in(users["security"])
    measured = _by_depth(lambda: client.get(f"/office/agencies/{key}/people/", SERVER_NAME="localhost"))
    yield "people of an agency at 15 depths of the stack: slowest / fastest", measured, "≤ 1.3"


def _by_depth(work: Callable[[], object]) -> float:
    """How much longer it takes at the worst depth than at the best: what `config.room` is for."""
    from bench.timing import seconds

    def deeper(depth: int) -> object:
        return deeper(depth - 1) if depth else work()

    found = [seconds(lambda: deeper(depth)) for depth in range(0, 60, 4)]  # noqa: B023  used at once
    return max(found) / min(found)


def _with_an_empty_page() -> str:
    from django.contrib.auth.decorators import login_required
    from django.http import HttpRequest, HttpResponse
    from django.shortcuts import render
    from django.urls import path

    from gongkai.config import urls

    @login_required
    def empty(request: HttpRequest) -> HttpResponse:
        return render(request, "ui/office.html")

    module: Any = ModuleType("bench_urls")
    module.urlpatterns = [path("office/empty/", empty), *urls.urlpatterns]
    sys.modules[module.__name__] = module
    return str(module.__name__)


def _county() -> tuple[dict[str, Any], str]:
    """A county office, the bureaus below it, accounts for everybody; the administrators and the office's public id."""
    from tests.agencies.people import a_user, an_agency

    from gongkai.agencies.roles import Role

    office = an_agency("青禾县人民政府办公室")
    for number in range(AGENCIES - 1):
        a_user(Role.CLERK, an_agency(f"青禾县第{number}局", parent=office), f"经办人{number}")
    for number in range(PEOPLE):
        a_user(Role.UNIT_HANDLER, office, f"承办人{number}")
    roles = {"security": Role.SECURITY_ADMIN, "audit": Role.AUDIT_ADMIN, "system": Role.SYSTEM_ADMIN}
    return {name: a_user(role, office, role.label) for name, role in roles.items()}, office.public_id


if __name__ == "__main__":
    main()
