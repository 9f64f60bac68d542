"""Texts, people and a mail server for the tests of the outbox."""

import asyncio
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.db import transaction

from gongkai.kernel.registry import addresses
from gongkai.outbox.actions import Recipient, write
from gongkai.outbox.wording import Fact, Slot, Template, templates

KIND = "tests.person"
PEOPLE: dict[str, str] = {}
"""Public id → address."""
DUE = Template(
    "tests.due",
    "有一件事项快要到期",
    "登记编号 {number} 的事项将于 {day} 到期，请办理。",
    "account",
    slots={"number": Slot.NUMBER, "day": Slot.DAY},
)
COUNTED = Template("tests.counted", "待办提醒", "您有 {count} 项待办。", "office", slots={"count": Slot.COUNT})
PUBLISHED = Template("tests.published", "指南已更新", "公开指南已更新。", "public_guide", is_public=True)
TEXTS = (DUE, COUNTED, PUBLISHED)


def announce() -> None:
    """Announces the texts and where these people's addresses are found."""
    for template in TEXTS:
        templates.add(template.id, template)
    addresses.add(KIND, address_of)


def address_of(channel: str, public_id: str) -> str:
    assert channel == "mail"
    return PEOPLE.get(public_id, "")


def tell(person: str, template: Template = COUNTED, *, urgent: bool = False, target: str = "", **facts: Fact) -> None:
    """Writes a message in an act of its own."""
    told: Mapping[str, Fact] = facts or ({"count": 3} if template is COUNTED else {})
    with transaction.atomic():
        write(template, to=Recipient(KIND, person), target=target, facts=told, is_urgent=urgent)


class Sink:
    """What a mail server took; `answer` is what it says to a recipient, `to_data` to a letter, `pause` how slow it is."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.asked = 0
        self.answer, self.to_data, self.pause = "250 OK", "250 OK", 0.0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        self.asked += 1
        if self.answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.pause)
        if self.to_data.startswith("2"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.letters.append(message)
            self.recipients += envelope.rcpt_tos
        return self.to_data

    def texts(self) -> list[str]:
        return [str(letter.get_content()).replace("\r\n", "\n") for letter in self.letters]


SECONDS = 60
"""How long a busy machine may take for what takes none."""


@contextmanager
def mail_server(settings: Any) -> Iterator[Sink]:
    """A mail server on a free port, to which the settings point."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), ready_timeout=SECONDS)
    controller.start()
    point_to(settings, controller.port)
    try:
        yield sink
    finally:
        controller.stop()


def point_to(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, SECONDS
    settings.STAFF_URL, settings.PUBLIC_URL = "https://office.example", "https://www.example"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
