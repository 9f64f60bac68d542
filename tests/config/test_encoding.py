"""Whatever encoding a request claims for itself, no page breaks: ours are in UTF-8, and so is what they send."""

import pytest
from django.test import Client
from tests.agencies.people import a_user, an_agency, signed_in

from gongkai.agencies.roles import Role

pytestmark = pytest.mark.django_db
HALF = "+2AA- \\ud800"
"""Half a character, in the codecs of Python that would read it as one."""
FORMS = [
    ("/query/", {"number": "2026-1", "code": HALF}),
    ("/query/recover/", {"number": "2026-1", "name": HALF, "identity": HALF}),
    ("/apply/", {"agency": HALF}),
    ("/office/sign-in/", {"login": HALF, "password": HALF}),
]
PAGES = ["/", "/apply/", "/query/", "/office/cases/"]
OTHERS = ["utf-7", "raw_unicode_escape", "utf-16", "gbk"]


def in_parts(fields: dict[str, str]) -> bytes:
    parts = (f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items())
    return f"{''.join(parts)}--B--\r\n".encode()


@pytest.mark.parametrize("encoding", OTHERS)
@pytest.mark.parametrize(("path", "fields"), FORMS)
def test_a_form_in_another_encoding_is_refused(path: str, fields: dict[str, str], encoding: str) -> None:
    kind = f"multipart/form-data; boundary=B; charset={encoding}"
    answer = Client(raise_request_exception=False).generic("POST", path, in_parts(fields), kind)
    assert answer.status_code == 400
    assert "请求有误" in answer.content.decode()


@pytest.mark.parametrize("encoding", OTHERS)
@pytest.mark.parametrize("path", PAGES)
def test_an_address_in_another_encoding_is_refused(path: str, encoding: str) -> None:
    client = signed_in(a_user(Role.CLERK, an_agency()))
    client.raise_request_exception = False
    words = "%2B2AA-%5Cud800"
    answer = client.get(f"{path}?q={words}&number={words}", headers={"content-type": f"text/plain; charset={encoding}"})
    assert answer.status_code == 400


@pytest.mark.parametrize("told", ["", "; charset=utf-8", "; charset=UTF8", "; charset=nonsense"])
def test_utf_8_and_nothing_that_is_known_are_read_as_utf_8(told: str) -> None:
    kind = f"multipart/form-data; boundary=B{told}"
    answer = Client().generic("POST", "/query/", in_parts({"number": "２０２６－１", "code": ""}), kind)
    assert answer.status_code == 422
    assert "２０２６－１" in answer.content.decode()
