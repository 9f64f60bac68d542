"""Uploads through a page: kept, refused in words with everything else still typed, and never read when too large."""

import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from tests.files.samples import WHOLE, word

from gongkai.files.models import File
from gongkai.files.purposes import MB, MOST_AT_ONCE

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.upload_site")]


@pytest.fixture(autouse=True)
def _nothing_is_left_among_the_uploads() -> Iterator[None]:
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    before = set(folder.iterdir())  # files of acts that other tests took back go with the sweep
    yield
    left = [path for path in folder.iterdir() if path.is_file() and path not in before]
    for path in left:
        path.unlink()
    assert left == []


def send(client: Client, data: bytes, name: str, **more: Any) -> Any:
    return client.post("/test/add", {"what": "身份材料 <b>", "file": SimpleUploadedFile(name, data), **more})


@pytest.mark.django_db(transaction=True)
def test_a_file_is_taken_and_comes_back_as_a_download(client: Client) -> None:
    data, _ = WHOLE["申请.pdf"]
    answer = send(client, data, "王敏的申请.pdf")
    assert answer.status_code == 302
    got = client.get(answer["Location"])
    assert b"".join(got.streaming_content) == data
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%8E%8B")
    assert "sandbox" in got["Content-Security-Policy"]
    assert got["Cache-Control"] == "private, no-store"
    assert client.get("/test/files/2222222222222222").status_code == 404


REFUSED = {
    "空.pdf": (b"", "“空.pdf”是空文件"),
    "假.pdf": (word(), "扩展名与内容不符"),
    "坏.docx": (word()[:-40], "已损坏"),
    "密.docx": (word("机密★5年"), "涉密信息不上网、上网信息不涉密。请通过窗口"),
    "程序.exe": (b"MZ" + bytes(600), "程序文件，不能上传"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why_and_keeps_what_was_typed(name: str, client: Client) -> None:
    data, words = REFUSED[name]
    answer = send(client, data, name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) == 2, "beside the field and in the summary"
    assert 'value="身份材料 &lt;b&gt;"' in page
    assert 'enctype="multipart/form-data"' in page
    assert File.objects.count() == 0


def test_markup_in_a_name_is_shown_as_it_is(client: Client) -> None:
    page = send(client, b"", "<img src=x onerror=alert(1)>.pdf").content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.pdf" in page


def test_the_page_tells_kinds_sizes_and_the_warning(client: Client) -> None:
    page = client.get("/test/add").content.decode()
    assert "涉密信息不上网、上网信息不涉密" in page
    assert "pdf、png、jpg，每个不超过 10 MB" in page
    assert 'accept=".pdf,.png,.jpg,.jpeg,.jfif"' in page
    missing = client.post("/test/add", {"what": "材料"}).content.decode()
    assert "请选择文件" in missing


class Endless(io.RawIOBase):
    """An upload that goes on for ever; counts what is read of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.taken += size if size > 0 else MB
        return b"x" * (size if size > 0 else MB)


def answered(length: int) -> tuple[str, str, int]:
    """Status and page that a POST of that length gets, and how much of it was read."""
    body, status = Endless(), []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/test/add",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "multipart/form-data; boundary=xx",
        "CONTENT_LENGTH": str(length),
        "wsgi.url_scheme": "http",
        "wsgi.input": body,
        "wsgi.errors": io.StringIO(),
    }
    response = WSGIHandler()(environ, lambda told, _headers: status.append(told))
    page = b"".join(response).decode()
    response.close()  # type: ignore[attr-defined]  # Django's response
    return status[0], page, body.taken


def test_a_hundred_megabytes_are_refused_before_they_are_read() -> None:
    status, page, taken = answered(100 * MB)
    assert status.startswith("413")
    assert taken == 0
    assert "这次发送的内容约 100 MB，一次最多 64 MB" in page
    assert "已经填写的内容还在" in page
    assert "涉密信息不上网、上网信息不涉密" in page


def test_the_limit_is_for_all_that_is_sent_at_once() -> None:
    assert answered(MOST_AT_ONCE)[0].startswith("403"), "read on: it lacks the token of a form"
    assert answered(MOST_AT_ONCE + 1)[0].startswith("413")


@pytest.mark.django_db(transaction=True)
def test_a_server_answers_while_the_upload_is_still_being_sent(live_server: LiveServer) -> None:
    host, port = live_server.url.removeprefix("http://").split(":")
    head = f"POST /test/add HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(f"{head}Content-Length: {100 * MB}\r\n\r\n".encode() + b"x" * 65_536)
        assert connection.recv(64).split(b" ")[1] == b"413"
