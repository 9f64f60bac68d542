"""The receipt of a letter on paper (登记回执), with its query code: made while the receipt is open, kept nowhere."""

from dataclasses import replace
from datetime import date

from gongkai.agencies import queries as agencies
from gongkai.documents.writing import write
from gongkai.inforequests.actions.intake import Filed
from gongkai.inforequests.choices import Part
from gongkai.inforequests.models import Item
from gongkai.inforequests.notices.facts import Facts
from gongkai.inforequests.notices.layout import blocks, letter_of
from gongkai.inforequests.notices.wording import compose
from gongkai.law.receipt import Channel
from gongkai.ui.templatetags.ui import groups

_KIND = "registration"
_CODE = "查询码"


def receipt_pdf(filed: Filed, item: Item, *, on: date, query_address: str) -> bytes:
    """The receipt as PDF. Raises ProgramNeeded where no PDF can be made."""
    request = filed.request
    applicants = tuple(party.name for party in request.parties.filter(part=Part.APPLICANT).order_by("order"))
    office = agencies.office(request.agency, on)
    facts = Facts(
        kind=_KIND,
        agency=agencies.name_of(request.agency, on),
        office=office.name if office is not None else "",
        office_contact="，".join(filter(None, (office.address, office.phone))) if office is not None else "",
        addressee="、".join(applicants),
        to_organization=request.applicant_kind != "natural_person",
        applicants=applicants,
        register_number=request.register_number,
        received_on=item.received_on,
        channel=Channel(request.channel),
        request_text=item.text,
        dated_on=request.arrived_on,
        due_on=item.due_on,
        due_is_provisional=item.is_provisional,
    )
    letter = letter_of(facts, compose(facts), query_address=query_address)
    number, *others = letter.table
    table = (number, (_CODE, " ".join(groups(filed.code))), *others)
    return write(blocks(replace(letter, table=table)), to="pdf", title=letter.title)
