"""The first page of the office."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies import queries
from gongkai.agencies.models import Agency, User
from gongkai.agencies.navigation import authority_of
from gongkai.kernel.clock import today
from gongkai.kernel.registry import open_work


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Where somebody who signed in arrives: what waits for him, and what he is where."""
    assert isinstance(request.user, User)
    person, on = request.user.person, today()
    standings = authority_of(request).standings
    ids = {row.agency_id for row in standings if row.agency_id is not None}
    names = {row.agency.pk: row for row in queries.named(Agency.objects.filter(pk__in=ids), on)} if ids else {}
    waiting = [work for ask in open_work for work in ask(person.public_id, on)] if person is not None else []
    context = {
        "person": person,
        "waiting": sorted(waiting, key=lambda work: (work.due_on is None, work.due_on)),
        "standings": [(row.role.label, names.get(row.agency_id or 0)) for row in standings],
    }
    return render(request, "agencies/home.html", context)
