"""Periods around a reply that no text sets (建议期限): recommended defaults, each overridable.

Governing date: the day that each runs from; the 2019 Regulation is known from 2019-05-15.
"""

from datetime import date

from gongkai.law.periods import Due, due
from gongkai.law.workdays import Calendar


def reasons_by(served_on: date, *, calendar: Calendar, days: int | None = None) -> Due:
    """By when the applicant should explain a number or frequency beyond reason (条例第三十五条), in working days.

    The reply clock does not stop meanwhile. `served_on` is the day the notice reached the applicant.
    """
    return due(
        "replies.reasons_answer", served_on, event="说明理由告知书送达", act="说明理由", calendar=calendar, days=days
    )


def correction_by(received_on: date, *, calendar: Calendar, days: int | None = None) -> Due:
    """By when to answer a request to correct a record (更正, 条例第四十一条), in working days."""
    return due(
        "replies.correction", received_on, event="收到更正申请", act="告知处理结果", calendar=calendar, days=days
    )


def hold_until(told_on: date, *, calendar: Calendar, days: int | None = None) -> Due:
    """Until when to hold back what is disclosed against a third party's objection (条例第三十二条), in working days.

    `told_on` is the day of the written notice to the third party, who may sue meanwhile; a court's order to suspend
    disclosure goes before.
    """
    return due(
        "replies.hold_for_third_party",
        told_on,
        event="书面告知第三方决定公开",
        act="暂缓提供",
        calendar=calendar,
        days=days,
    )
