"""A citizen's browser that files a letter, step by step, and what he types."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from tests.agencies.people import SYSTEM, an_agency

from gongkai.agencies.actions.office import open_channel
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import ChannelKind

CONTENT = {"text": "2025年全县农村饮水工程建设资金安排文件", "description": "青水〔2025〕8号"}
PERSON = {
    "name": "周明远",
    "identity_kind": "resident",
    "identity": "000000199003071234",
    "phone": "13900000001",
    "email": "zhou@example.com",
}
COMPANY = {
    "kind": "company",
    "name": "青禾县柳溪农机有限公司",
    "identity_kind": "credit_code",
    "identity": "00000000MA0000000X",
    "representative": "何平",
    "contact": "孙悦",
    "phone": "0000-6120088",
    "email": "",
}
JOINT = {
    "kind": "natural_person",
    "name": "吴小兰",
    "identity_kind": "passport",
    "identity": "E00000000",
    "phone": "",
}
AGENT = {"name": "钱程", "identity_kind": "resident", "identity": "00000019850101123X", "phone": "13900000002"}
DELIVERY = {"medium": "electronic", "way": "download", "address": "", "postcode": ""}


def an_open_agency(name: str = "青禾县水利局") -> Agency:
    """A bureau that takes letters on the web, at the window and by post."""
    agency = an_agency(name)
    for kind, details in {
        ChannelKind.INTERNET: "https://www.qinghe.example/",
        ChannelKind.WINDOW: "青禾县人民路 8 号政务服务中心",
        ChannelKind.POST: "邮编 000000，青禾县人民路 8 号",
    }.items():
        open_channel(SYSTEM, agency, kind=kind, details=details, from_on=agency.from_on)
    return agency


class Citizen(Client):
    """A browser on the public face, which has a session cookie of its own."""

    @property
    def session(self) -> SessionBase:
        """What its session holds."""
        cookie = self.cookies.get(settings.VISITOR_COOKIE_NAME)
        return SessionStore(cookie.value if cookie is not None else None)

    def fill(self, agency: Agency, until: str = "check", **steps: dict[str, Any]) -> "Citizen":
        """Goes through the steps up to the one named, which is left open; `steps` are typed instead of the usual."""
        for step, typed in {
            "agency": {"agency": agency.public_id},
            "content": CONTENT,
            "sort": {"sort": "natural_person"},
            "applicant": PERSON,
            "delivery": DELIVERY,
        }.items():
            if step == until:
                break
            where = {"agency": "/apply/", "sort": "/apply/applicant/sort/"}.get(step, f"/apply/{step}/")
            answer = self.post(where, {**typed, **steps.get(step, {})})
            assert answer.status_code == 302, answer.content.decode()
        return self

    def page(self, path: str) -> str:
        """The words of a page."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
        return answer.content.decode()
