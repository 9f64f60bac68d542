"""What a visitor sees when something goes wrong: a page of ours in Chinese, and nothing of the program."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from gongkai.config import errors
from gongkai.config.errors import bad_request, forbidden, not_found, server_error

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
RAISED = {
    "400": SuspiciousOperation("secret 110101199003070000"),
    "403": PermissionDenied("secret 110101199003070000"),
    "404": Http404("secret 110101199003070000"),
    "500": RuntimeError("secret 110101199003070000"),
}


def fail(_request: HttpRequest, status: str) -> HttpResponse:
    raise RAISED[status]


urlpatterns = [path("<str:status>/", fail)]
handler400, handler403, handler404, handler500 = bad_request, forbidden, not_found, server_error


@pytest.fixture
def visitor(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("status", "title"), [(400, "请求有误"), (403, "不能访问"), (404, "没有这一页"), (500, "系统出错")]
)
def test_each_error_has_its_page(visitor: Client, status: int, title: str) -> None:
    answer = visitor.get(f"/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert 'lang="zh-CN"' in page
    assert "gongkai.css" in page
    for inner in ("secret", "Traceback", "RuntimeError", "django", ".py"):
        assert inner not in page


def test_a_404_that_a_middleware_raises_has_the_same_page(visitor: Client, settings: Settings) -> None:
    settings.FACE = "public"
    raised = visitor.get("/office/")
    assert raised.status_code == 404
    assert raised.content == visitor.get("/404/").content


def test_an_unknown_host_gets_a_page_too(visitor: Client) -> None:
    answer = visitor.get("/404/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "请求有误" in answer.content.decode()


def test_where_even_the_page_fails_there_is_one(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_PAGES", {})
    answer = visitor.get("/500/")
    assert (answer.status_code, "系统出错" in answer.content.decode()) == (500, True)


def test_error_pages_carry_the_headers_of_all_pages(visitor: Client) -> None:
    answer = visitor.get("/404/")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
