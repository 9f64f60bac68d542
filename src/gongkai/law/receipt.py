"""When a request counts as received (收到申请之日), by the way it came, and what proves it (条例第三十一条).

The reply period runs from this day (`received:` of the clock). Governing date: the day the request came in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from gongkai.findings import Finding, Severity
from gongkai.law.errors import ImpossibleStep
from gongkai.law.parameters import Standing, number, parameter
from gongkai.law.workdays import Calendar


class Channel(StrEnum):
    """The way a request came: handed in, by mail that is signed for or not, over the internet, by the office's fax."""

    IN_PERSON = "in_person"
    SIGNED_MAIL = "signed_mail"
    ORDINARY_MAIL = "ordinary_mail"
    INTERNET = "internet"
    FAX = "fax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is known of a request that came in.

    `arrived_on`: the day handed in, signed for by the organ (its mail room counts, whoever is named on the envelope),
    got by the organ, or submitted. `confirmed_on`: the day a person of the office confirmed it with the applicant.
    `confirmed_automatically`: the system confirmed at submission. `unreachable`: the applicant could not be reached;
    `confirmed_on` is then the day that contact was restored.
    """

    channel: Channel
    arrived_on: date
    confirmed_on: date | None = None
    confirmed_automatically: bool = False
    unreachable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """When a request was received: None while the confirmation that decides is missing.

    `proof` lists what to keep in the file; `findings` what went wrong or still has to be done.
    """

    received_on: date | None
    basis: str
    standing: Standing
    explanation: str
    proof: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


_UNREACHABLE = "国办公开办函〔2015〕207号"
"""Older than the Regulation of 2019 and applied where that is silent: hence a default."""

_ITEM = "《中华人民共和国政府信息公开条例》第三十一条第（{}）项"
_CONFIRMED = (Channel.ORDINARY_MAIL, Channel.INTERNET, Channel.FAX)
_BASIS = {
    Channel.IN_PERSON: _ITEM.format("一"),
    Channel.SIGNED_MAIL: _ITEM.format("二"),
    Channel.ORDINARY_MAIL: _ITEM.format("二"),
    Channel.INTERNET: _ITEM.format("三"),
    Channel.FAX: _ITEM.format("三"),
}
_EXPLAINED = {
    Channel.IN_PERSON: "当面提交的，以提交之日为收到申请之日",
    Channel.SIGNED_MAIL: "需要签收的邮件，以行政机关签收之日为收到申请之日，收发室签收也算",
    Channel.ORDINARY_MAIL: "无需签收的平常信函，以与申请人确认之日为收到申请之日",
    Channel.INTERNET: "通过互联网提交的，以双方确认之日为收到申请之日",
    Channel.FAX: "通过传真提交的，以双方确认之日为收到申请之日",
}
_PROOF = {
    Channel.IN_PERSON: ("写明提交日期的登记回执",),
    Channel.SIGNED_MAIL: ("邮件签收记录", "信封或者邮件面单"),
    Channel.ORDINARY_MAIL: ("信封和收到的登记", "与申请人确认的电话记录或者回执"),
    Channel.INTERNET: ("系统提交记录", "与申请人确认的记录或者系统自动回执"),
    Channel.FAX: ("传真件和收件记录", "与申请人确认的记录"),
}


def receipt(arrival: Arrival, *, on: date, calendar: Calendar, automatic_counts: bool | None = None) -> Receipt:
    """The day from which the office has to reckon, with its proof, as known `on` a day.

    `automatic_counts` overrides the default by which an automatic confirmation at submission is one of both sides; the
    Regulation is silent. Raises OutsideCodedLaw before 2019-05-15, ImpossibleStep for a confirmation before arrival.
    """
    number("clock.reply_period", on=arrival.arrived_on)  # refuses a day before the 2019 Regulation
    if arrival.confirmed_on is not None and arrival.confirmed_on < arrival.arrived_on:
        raise ImpossibleStep(
            "C-CONFIRM-BEFORE",
            f"confirmed:{arrival.confirmed_on}",
            f"确认不能早于收到的日期{arrival.arrived_on}，请核对",
        )
    if arrival.channel not in _CONFIRMED:
        return _received(arrival, arrival.arrived_on)
    counts = automatic_counts
    if counts is None:
        counts = number("receipt.automatic_confirmation", on=arrival.arrived_on) == 1
    automatic = arrival.confirmed_automatically and counts and arrival.channel is not Channel.ORDINARY_MAIL
    findings = tuple(_late(arrival, automatic=automatic, on=on, calendar=calendar))
    if automatic:
        found = _received(arrival, arrival.arrived_on)
        text = f"{found.explanation}；提交时系统已自动确认，按双方确认掌握（条例没有规定）"
        return replace(found, explanation=text, standing=Standing.DEFAULT, findings=findings)
    return replace(_confirmed(arrival), findings=findings)


def _confirmed(arrival: Arrival) -> Receipt:
    """The receipt of a request that a person has to confirm, or could not yet."""
    found = _received(arrival, arrival.confirmed_on)
    if not arrival.unreachable:
        return found
    return replace(
        found,
        basis=_UNREACHABLE,
        standing=Standing.DEFAULT,
        explanation=f"联系不上申请人的，先登记在案，以恢复联系并确认之日为收到申请之日{_day(arrival.confirmed_on)}",
        proof=(*found.proof, "历次联系的记录"),
    )


def _received(arrival: Arrival, received_on: date | None) -> Receipt:
    return Receipt(
        received_on=received_on,
        basis=_BASIS[arrival.channel],
        standing=Standing.TEXT,
        explanation=_EXPLAINED[arrival.channel] + _day(received_on),
        proof=_PROOF[arrival.channel],
    )


def _day(received_on: date | None) -> str:
    return "；尚未确认，答复期限还没有起算" if received_on is None else f"，即{received_on}"


def _late(arrival: Arrival, *, automatic: bool, on: date, calendar: Calendar) -> Iterator[Finding]:
    """A confirmation that came late or is overdue. None is asked for where the system has confirmed already."""
    if arrival.unreachable or (automatic and arrival.confirmed_on is None):
        return
    last_on, key = _confirm_by(arrival, calendar)
    if (arrival.confirmed_on or on) <= last_on:
        return
    found = arrival.confirmed_on
    told = "至今没有确认，请尽快联系申请人" if found is None else f"{found}才确认，请在案卷中说明原因"
    yield Finding(
        rule="C-CONFIRM-LATE",
        severity=Severity.WARNING,
        where=f"arrived:{arrival.arrived_on}" if found is None else f"confirmed:{found}",
        message=f"应当在{last_on}以前与申请人确认，{told}",
        expected=last_on.isoformat(),
        found=None if found is None else found.isoformat(),
        basis=parameter(key).basis,
    )


def _confirm_by(arrival: Arrival, calendar: Calendar) -> tuple[date, str]:
    """The last day to confirm in time, and the parameter that says so."""
    if arrival.channel is Channel.ORDINARY_MAIL:
        key = "receipt.mail_confirmation"
        return arrival.arrived_on + timedelta(days=number(key, on=arrival.arrived_on)), key
    key = "receipt.online_confirmation"
    return calendar.add(arrival.arrived_on, number(key, on=arrival.arrived_on)), key
