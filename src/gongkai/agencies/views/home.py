"""The first page of the office."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Where somebody who signed in arrives."""
    return render(request, "agencies/home.html")
