"""What follows from a corrected step for the notice that made it: its days of service, its stage, its end (作废)."""

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.inforequests.actions.noticing import WITH_ARGUMENT, Moment, act_at, note_all, step_made
from gongkai.inforequests.choices import HandlingKind, Stage, Way
from gongkai.inforequests.models import Item, Notice, Service, Step
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.timeline import argument_of
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason

_LONGEST_FAILURE = 300


def reasons_against_following(step: Step, on: date | None, argument: str) -> list[Reason]:
    """What the notice that made a step has against its new day and argument, or against its being voided (None)."""
    notice, moment = step.notice, _moment_of(step)
    if notice is None or moment is None:
        return []
    if moment is Moment.SIGNED:
        return _against_signed(notice, on)
    if on is None:
        has_arrived = moment is Moment.SENT and step_made(notice, Moment.RECEIVED)
        return [Reason("received", "已经登记收到", "请先撤销收到的那一步，再撤销发出")] if has_arrived else []
    return _against_argument(notice, step, argument) or _against_day(notice, step, moment, on)


def follow(step: Step, on: date | None, items: Sequence[Item], actor: Actor, role: str, reason: str) -> None:
    """Makes the notice of a step follow its new day, or its voiding (None); the caller holds the cases."""
    moment = _moment_of(step)
    if step.notice_id is None or moment is None:
        return
    notice = Notice.objects.select_for_update(of=("self",), no_key=True).get(pk=step.notice_id)
    service = _service_of(notice, step, moment)
    if moment is Moment.SIGNED:
        notice.stage = Stage.WITHDRAWN
        note_all(notice, items, HandlingKind.DISCARDED, actor, role, opinion=f"撤销签发：{reason}")
    elif on is None:
        notice.stage = Stage.SEALED if moment is Moment.SENT else Stage.SENT
        _take_back(service, moment, reason)
    elif service is not None:
        _move(service, notice, moment, on)
    notice.save(update_fields=["stage"])


def _moment_of(step: Step) -> Moment | None:
    """The moment of its notice that made a step."""
    notice = step.notice
    return next((one for one in Moment if notice is not None and act_at(notice, one) == step.act), None)


def _service_of(notice: Notice, step: Step, moment: Moment) -> Service | None:
    """The attempt at service that a step tells of."""
    if moment is Moment.SENT:
        return notice.services.filter(sent_on=step.happened_on).order_by("id").first()
    return notice.services.filter(received_on=step.happened_on).order_by("id").last()


def _against_signed(notice: Notice, on: date | None) -> list[Reason]:
    name = KINDS[notice.kind].name
    if on is not None:
        told = f"“{name}”已经签发，步骤不能与文书的落款日期和内容不同"
        return [Reason("signed", told, "文书写错的，请撤销这一步，文书随之作废，再重新拟稿")]
    if notice.services.filter(failed_on=None).exists():
        return [Reason("sent", f"“{name}”已经发出", "请先撤销收到、发出的步骤，或者登记未送达")]
    return []


def _against_argument(notice: Notice, step: Step, argument: str) -> list[Reason]:
    """A letter stays as it was sent: the applicant goes by the days that it told him, and so must the clock.

    The check before issue has held its words to these days, so that a step which differs from them is never right.
    """
    if step.act not in WITH_ARGUMENT or argument == notice.argument:
        return []
    told = f"文书写的是“{argument_of(Step(act=step.act, argument=notice.argument))}”，步骤不能与它不同"
    return [Reason("letter", told, "文书写错的，请撤销这一步，重新拟稿送达")]


def _against_day(notice: Notice, step: Step, moment: Moment, on: date) -> list[Reason]:
    service = _service_of(notice, step, moment)
    if service is None or on == step.happened_on:
        return []
    if service.way == Way.DOWNLOAD:
        return [Reason("download", "网上送达的日期由系统记录，不能改", "没有送达的，请撤销这一步")]
    if notice.signed_on is not None and on < notice.signed_on:
        return [Reason("before", f"送达日期早于签发日期{in_words(notice.signed_on)}", "请核对日期")]
    if _is_one_day(service, notice, moment):
        return []
    if moment is Moment.SENT and service.received_on is not None and on > service.received_on:
        return [Reason("order", f"已经登记{in_words(service.received_on)}收到，发出不能更晚", "请先更正收到的日期")]
    if moment is Moment.RECEIVED and on < service.sent_on:
        return [Reason("order", f"文书是{in_words(service.sent_on)}发出的，收到不能更早", "请先更正发出的日期")]
    return []


def _is_one_day(service: Service, notice: Notice, moment: Moment) -> bool:
    """Whether one step alone tells of a service whose sending is its receipt: what is handed over or read there."""
    other = Moment.RECEIVED if moment is Moment.SENT else Moment.SENT
    return service.way != Way.POST and not step_made(notice, other)


def _move(service: Service, notice: Notice, moment: Moment, on: date) -> None:
    is_one_day = _is_one_day(service, notice, moment)
    if moment is Moment.SENT or is_one_day:
        service.sent_on = on
    if moment is Moment.RECEIVED or is_one_day:
        service.received_on = on
    service.save(update_fields=["sent_on", "received_on"])


def _take_back(service: Service | None, moment: Moment, reason: str) -> None:
    """Nothing arrived, or nothing was sent at all: then it is as an attempt that failed."""
    if service is None:
        return
    service.received_on = None
    if moment is Moment.SENT:
        service.failed_on, service.failure = today(), f"撤销发出：{reason}"[:_LONGEST_FAILURE]
    service.save(update_fields=["received_on", "failed_on", "failure"])
