"""A lost query code (找回查询码): a link goes to the address that was filed, and gives a new code once.

Who asks is told the same whether anything was found or not.
"""

from datetime import timedelta

from django.db import transaction

from gongkai.inforequests.actions.acting import journal
from gongkai.inforequests.actions.intake import APPLICANT, Filed
from gongkai.inforequests.codes import code_index, new_code
from gongkai.inforequests.models import Party, Recovery, Request
from gongkai.inforequests.public_queries import number_of
from gongkai.inforequests.telling import PARTY
from gongkai.inforequests.throttling import RECOVERY_MAILS, wait_for
from gongkai.kernel.clock import now
from gongkai.kernel.fields import BlindIndexField
from gongkai.kernel.registry import addresses
from gongkai.outbox.actions import Recipient, write
from gongkai.outbox.wording import Slot, Template, templates

MINUTES = 30
"""How long the link is good."""
MAIL = Template(
    "inforequests.recover",
    "找回查询码",
    "有人为您的申请 {number} 找回查询码。请在半小时内打开下面的链接取得新的查询码，原来的随即失效。"
    "不是您本人要找回的，不必理会。",
    "query_recover_code",
    is_public=True,
    slots={"number": Slot.NUMBER},
)


@transaction.atomic
def ask(number: str, name: str, identity: str) -> None:
    """Sends the link to each party of that name and identity number whose letter has that number, and an address."""
    found = number_of(number)
    if found is None:
        return
    year, place = found
    rows = Party.objects.filter(
        name_index=_index("name_index", name),
        identity_index=_index("identity_index", identity),
        request__year=year,
        request__number=place,
    )
    for party in rows.select_related("request"):
        if party.email and not wait_for(RECOVERY_MAILS, party.request.public_id):
            recovery = Recovery.objects.create(request=party.request, expires_at=now() + timedelta(minutes=MINUTES))
            facts = {"number": party.request.register_number}
            write(MAIL, to=Recipient(PARTY, party.public_id), target=recovery.public_id, facts=facts, is_urgent=True)


def is_open(public_id: str) -> bool:
    """Whether a link is still good."""
    return Recovery.objects.filter(public_id=public_id, used_at=None, expires_at__gt=now()).exists()


@transaction.atomic
def renew(public_id: str) -> Filed | None:
    """Uses a link: the letter has a new code, the old one finds nothing. None where the link is used or too old."""
    recovery = Recovery.objects.select_for_update().filter(public_id=public_id).first()
    if recovery is None or recovery.used_at is not None or recovery.expires_at <= now():
        return None
    request, code = Request.objects.select_related("agency").get(pk=recovery.request_id), new_code()
    request.code_index = code_index(code)
    request.save(update_fields=["code_index"])
    recovery.used_at = now()
    recovery.save(update_fields=["used_at"])
    journal("renew_code", APPLICANT, request)
    return Filed(request, code)


def address_of(channel: str, public_id: str) -> str:
    """The address of a party on a channel; empty where none was given."""
    if channel != "mail":
        return ""
    party = Party.objects.filter(public_id=public_id).first()
    return (party.email or "") if party is not None else ""


def announce() -> None:
    """Fills the registries."""
    templates.add(MAIL.id, MAIL)
    addresses.add(PARTY, address_of)


def _index(name: str, value: str) -> bytes:
    column = Party._meta.get_field(name)
    assert isinstance(column, BlindIndexField)
    return column.of(value)
