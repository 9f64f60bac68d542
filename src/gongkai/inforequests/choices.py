"""The closed lists of the app: what a letter wants, how an answer reaches its reader, the stages of a notice."""

from django.db.models import TextChoices


class LetterKind(TextChoices):
    """What a letter asks for (申请类别): information, or the correction of one's own record (条例第四十一条)."""

    INFORMATION = "information", "获取政府信息"
    CORRECTION = "correction", "更正与本人有关的政府信息"


class Channel(TextChoices):
    """The way a letter came, as `law.receipt.Channel` has it."""

    IN_PERSON = "in_person", "当面提交"
    SIGNED_MAIL = "signed_mail", "挂号信、特快专递等需要签收的邮件"
    ORDINARY_MAIL = "ordinary_mail", "平常信函"
    INTERNET = "internet", "互联网"
    FAX = "fax", "传真"


class Medium(TextChoices):
    """The form in which the information is wanted (提供信息的形式)."""

    ELECTRONIC = "electronic", "电子数据"
    PAPER = "paper", "纸质文件"


class Way(TextChoices):
    """How an answer reaches its reader (获取信息的方式、途径)."""

    DOWNLOAD = "download", "网上下载"
    POST = "post", "邮寄"
    WINDOW = "window", "到窗口领取"
    READING = "reading", "到现场查阅、抄录"


class Part(TextChoices):
    """What a party is to a letter."""

    APPLICANT = "applicant", "申请人"
    AGENT = "agent", "代理人"


class IdentityKind(TextChoices):
    """What proves who somebody is (身份证明)."""

    RESIDENT = "resident", "居民身份证"
    PASSPORT = "passport", "护照"
    PERMIT = "permit", "港澳台居民居住证或者通行证"
    OFFICER = "officer", "军官证、士兵证"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    OTHER = "other", "其他有效证件"


class CaseState(TextChoices):
    """Where a thing asked stands. Overdue is no state: it is reckoned from the due day when shown.

    Lapsed: the applicant let the last day to answer pass; the office still has to confirm it.
    """

    UNCONFIRMED = "unconfirmed", "待确认收到"
    RUNNING = "running", "办理中"
    WAITING = "waiting", "等待他人"
    DECIDED = "decided", "已决定、待送达"
    LAPSED = "lapsed", "逾期未补正或者未缴费、待确认"
    ENDED = "ended", "已办结"


class HandlingKind(TextChoices):
    """What was done inside the office (内部办理), or came to it and moves no clock."""

    REGISTERED = "registered", "登记"
    PROPOSED = "proposed", "拟办"
    ASSIGNED = "assigned", "分办"
    RETURNED = "returned", "承办股室反馈"
    SEARCHED = "searched", "检索"
    DRAFTED = "drafted", "拟稿"
    SUBMITTED = "submitted", "送审"
    SECRECY_REVIEWED = "secrecy_reviewed", "保密审查"
    LEGALITY_REVIEWED = "legality_reviewed", "法制审核"
    APPROVED = "approved", "审批"
    SIGNED = "signed", "签发"
    SENT_BACK = "sent_back", "退回修改"
    NUMBERED = "numbered", "编文号"
    SEALED = "sealed", "用印"
    CONFIRMED = "confirmed", "与原件核对"
    SERVED = "served", "送达"
    PROVIDED = "provided", "提供文件"
    DISCARDED = "discarded", "作废"
    FILED = "filed", "归档"
    HANDED_OVER = "handed_over", "移交他人"
    EXPLAINED = "explained", "收到说明的理由"


class Stage(TextChoices):
    """How far a notice has come (文书的阶段)."""

    DRAFT = "draft", "拟稿"
    REVIEW = "review", "审批"
    SIGNED = "signed", "待用印"
    SEALED = "sealed", "待送达"
    SENT = "sent", "已发出"
    SERVED = "served", "已送达"
    WITHDRAWN = "withdrawn", "已作废"


class ConsultationKind(TextChoices):
    """Who is consulted (征求意见): a third party (Article 32), a co-maker (34), another organ (11)."""

    THIRD_PARTY = "third_party", "第三方"
    ORGAN = "organ", "共同制作机关"
    CONFIRMATION = "confirmation", "其他机关（协商确认）"


class Opinion(TextChoices):
    """What a consulted party answered."""

    CONSENTS = "consents", "同意公开"
    PARTLY = "partly", "部分同意"
    REFUSES = "refuses", "不同意公开"
    SILENT = "silent", "逾期未答复"
