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


@dataclass(frozen=True, slots=True)
class Readings:
    """How open questions of the law are read; the defaults stand in `law/params/receipt.toml` with their sources.

    `automatic_counts`: an automatic confirmation at submission is one of both sides. `contact_restored_counts`: for an
    applicant who can't be reached, the day that contact is restored counts (国办公开办函〔2015〕207号).
    """

    automatic_counts: bool
    contact_restored_counts: bool

    @staticmethod
    def on(day: date) -> "Readings":
        """The defaults for a request that came in that day."""
        return Readings(
            bool(number("receipt.automatic_confirmation", on=day)), bool(number("receipt.contact_restored", on=day))
        )


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


def receipt(arrival: Arrival, *, on: date, calendar: Calendar, readings: Readings | None = None) -> Receipt:
    """The day from which the office has to reckon, with its proof, as known `on` a day.

    Raises OutsideCodedLaw before 2019-05-15, ImpossibleStep for a confirmation before arrival.
    """
    readings = readings or Readings.on(arrival.arrived_on)
    if arrival.confirmed_on is not None and arrival.confirmed_on < arrival.arrived_on:
        step = f"confirmed:{arrival.confirmed_on}"
        raise ImpossibleStep("C-CONFIRM-BEFORE", step, f"确认不能早于收到的日期{arrival.arrived_on}，请核对")
    if arrival.channel not in _CONFIRMED:
        return _received(arrival, arrival.arrived_on)
    automatic = arrival.confirmed_automatically and arrival.channel is not Channel.ORDINARY_MAIL
    if automatic and readings.automatic_counts:
        return _automatic(arrival, calendar)
    if arrival.unreachable and readings.contact_restored_counts:
        return _unreachable(arrival)
    findings = tuple(_late(arrival, arrival.confirmed_on or on, calendar))
    return replace(_received(arrival, arrival.confirmed_on), findings=findings)


def _automatic(arrival: Arrival, calendar: Calendar) -> Receipt:
    """The receipt of a request that the system confirmed; a person need not, but is told of being slow."""
    found = _received(arrival, arrival.arrived_on)
    text = f"{found.explanation}；提交时系统已自动确认，按双方确认掌握（条例没有规定）"
    findings = tuple(_late(arrival, arrival.confirmed_on, calendar)) if arrival.confirmed_on is not None else ()
    return replace(found, explanation=text, standing=Standing.DEFAULT, findings=findings)


def _unreachable(arrival: Arrival) -> Receipt:
    """The receipt of a request whose sender could not be reached, or still can't."""
    found = _received(arrival, arrival.confirmed_on)
    known = parameter("receipt.contact_restored")
    text = "联系不上申请人的，先登记在案，以恢复联系并确认之日为收到申请之日" + _day(arrival.confirmed_on)
    proof = (*found.proof, "历次联系的记录")
    return replace(found, basis=known.basis, standing=known.standing, explanation=text, proof=proof)


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


def _late(arrival: Arrival, day: date, calendar: Calendar) -> Iterator[Finding]:
    """Whether the confirmation came late, or is overdue on that day."""
    last_on, key = _confirm_by(arrival, calendar)
    if day <= last_on:
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
