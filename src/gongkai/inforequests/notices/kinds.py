"""What each kind of notice goes through inside the office, and which legal steps it makes (审签和送达).

The defaults are MODEL's: secrecy review for whatever releases, legality review for what refuses, the office's head for
letters within the procedure (条例第三十三条), the leader in charge for what is granted, the first leader for refusals.
An agency may set its own (`NoticeSetting`), with a reason.
"""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.agencies.roles import Role
from gongkai.law.clock import Act
from gongkai.law.notices import NOTICES


class Addressee(StrEnum):
    """To whom a notice goes: the applicant, the third party, another organ."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    ORGAN = "organ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The way of a kind of notice. `on_signed`, `on_sent`, `on_received` are the legal steps that these days make.

    `is_reply`: it ends the request; all but the answer to a request for correction need a decision. `needs_search`: not
    signed without a search record. `signers` are those that an agency may choose from.
    """

    key: str
    to: Addressee = Addressee.APPLICANT
    is_reply: bool = False
    on_signed: Act | None = None
    on_sent: Act | None = None
    on_received: Act | None = None
    secrecy: bool = False
    legality: bool = False
    signer: Role = Role.OFFICE_HEAD
    needs_search: bool = False
    signers: tuple[Role, ...] = (Role.OFFICE_HEAD, Role.DEPUTY_HEAD, Role.HEAD)

    @property
    def needs_decision(self) -> bool:
        """Whether it tells a result of table 3."""
        return self.is_reply and self.key != "correction"

    @property
    def has_number(self) -> bool:
        """Whether it bears a number of its own (文号): the receipt bears that of the letter."""
        return self.key != "registration"

    @property
    def releases(self) -> bool:
        """Whether information goes out with it."""
        return self.key in ("granted", "partly_granted")

    @property
    def name(self) -> str:
        """What it is called."""
        return NOTICES[self.key].name


def _letter(key: str, **more: object) -> Kind:
    return Kind(key=key, **more)  # type: ignore[arg-type]  # a shorthand of this table


def _reply(key: str, **more: object) -> Kind:
    steps = {"on_signed": Act.DECIDED, "on_sent": Act.DISPATCHED, "on_received": Act.DELIVERED}
    return Kind(key=key, is_reply=True, **{"signer": Role.DEPUTY_HEAD, **steps, **more})  # type: ignore[arg-type]  # as above


_REFUSES = {"legality": True, "signer": Role.HEAD}
_LAPSED = {"on_signed": Act.LAPSED, "on_sent": None}

KINDS = {
    kind.key: kind
    for kind in (
        _letter("registration"),
        _letter("clarification", on_sent=Act.CLARIFICATION_ASKED, on_received=Act.CLARIFICATION_SERVED),
        _letter("reasons", on_sent=Act.REASONS_ASKED),
        _letter(
            "extension", on_signed=Act.EXTENDED, on_sent=Act.EXTENDED_SERVED, signers=(Role.OFFICE_HEAD,)
        ),  # 条例第三十三条第二款
        _letter("deferral", on_sent=Act.DEFERRED),
        _letter(
            "third_party_consultation",
            to=Addressee.THIRD_PARTY,
            on_sent=Act.THIRD_PARTY_ASKED,
            on_received=Act.THIRD_PARTY_SERVED,
        ),
        _letter("consultation_told"),
        _letter("organ_consultation", to=Addressee.ORGAN, on_sent=Act.ORGAN_ASKED, on_received=Act.ORGAN_SERVED),
        _letter("confirmation_consultation", to=Addressee.ORGAN, on_sent=Act.CONFIRMATION_ASKED),
        _letter("fee", on_sent=Act.FEE_NOTICED, on_received=Act.FEE_SERVED),
        _letter(
            "third_party_disclosure", to=Addressee.THIRD_PARTY, secrecy=True, legality=True, signer=Role.DEPUTY_HEAD
        ),
        _reply("correction"),
        _reply("granted", secrecy=True),
        _reply("already_public"),
        _reply("partly_granted", secrecy=True, **_REFUSES),
        _reply("refused", secrecy=True, **_REFUSES),
        _reply("not_existing", legality=True, needs_search=True),
        _reply("not_responsible", legality=True),
        _reply("archived", legality=True),
        _reply("to_be_created", legality=True),
        _reply("still_unclear", legality=True),
        _reply("query_matter", legality=True),
        _reply("repeat", **_REFUSES),
        _reply("excessive", **_REFUSES),
        _reply("petition", **_REFUSES),
        _reply("publication", **_REFUSES),
        _reply("confirmation", **_REFUSES),
        _reply("clarification_lapsed", **_LAPSED),
        _reply("fee_unpaid", **_LAPSED),
        _reply("withdrawn", on_signed=None, on_sent=None),
        _reply("not_information", legality=True),
    )
}
"""All kinds by key, in the order of `law.notices`."""

INTERNET_STANDS_FOR_SENT = (Act.DISPATCHED,)
"""Steps that only the post makes: what is handed over or downloaded is delivered at once."""
