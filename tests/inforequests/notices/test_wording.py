from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inforequests.notices.letters import COURT, FEE, REVIEWER, clean, facts_of, typed

from gongkai.inforequests.notices.facts import PartAnswer
from gongkai.inforequests.notices.letters import DATA, FORMS, fields_for, title_of
from gongkai.inforequests.notices.wording import compose, fee_lines, quoted, table_of
from gongkai.law.notices import NOTICES
from gongkai.law.receipt import Channel

OPENING = (
    "您通过互联网提交的政府信息公开申请（登记编号：2026-12）收悉，收到申请之日为2026年11月3日。"
    "您申请公开的内容为“2025年高标准农田建设项目的中标合同”。"
)
EITHER = (
    "对本答复不服的，可以自收到之日起六十日内向青禾县人民政府申请行政复议，或者六个月内向青禾县人民法院提起行政诉讼。"
)
GOLDEN = {
    "clarification": [
        OPENING,
        (
            "经审查，您的申请内容不明确，本机关据此不能确定您需要的政府信息。根据《中华人民共和国政府信息公开条例》"
            "第三十条的规定，请您补正下列事项："
        ),
        "1.所申请的“有关材料”指哪一类材料，请写明名称、文号或者便于查询的其他特征；",
        "2.所需要的是哪一年度的材料。",
        "请您自收到本告知书之日起10个工作日内，将补正后的申请提交本机关。答复期限自本机关收到补正的申请之日起计算。",
        "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
        "特此告知。",
    ],
    "extension": [
        (
            "本机关不能在2026年12月1日（答复期限届满日）以前答复您。根据《中华人民共和国政府信息公开条例》第三十三条第二款"
            "的规定，经本机关政府信息公开工作机构负责人同意，答复期限延长至2026年12月29日。"
        ),
    ],
    "fee": [
        "1.本次信息处理费按件计收（国办函〔2020〕109号第四条）；",
        "2.第1件至第10件，共10件，不收费；",
        "3.第11件至第30件，共20件，每件100元，计2000元；",
        "4.第31件至第40件，共10件，每件200元，计2000元。",
        "以上合计应缴纳4000元。",
        (
            "请您自收到本通知书次日起20个工作日内缴清。逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。"
            "缴清费用的，答复期限自缴清费用次日起重新计算。"
        ),
    ],
    "refused": [
        (
            "经审查，您申请公开的政府信息属于本机关在履行行政管理职能过程中形成的过程性信息。该材料是本机关起草规范性文件时"
            "内部讨论形成的征求意见过程稿，没有对外发布。"
        ),
        "根据《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第（三）项的规定，本机关决定不予公开。",
        (
            "对本答复不服的，应当自收到之日起六十日内先向青禾县人民政府申请行政复议；对行政复议决定仍不服的，可以自收到行政复议"
            "决定书之日起十五日内向青禾县人民法院提起行政诉讼。"
        ),
        "本告知书的送达方式：邮寄。",
    ],
    "not_responsible": [
        (
            "负责公开该政府信息的行政机关及其联系方式：青禾县自然资源局，地址：青禾县人民路8号，电话：0000-5550108。"
            "您可以向该机关提出申请。"
        ),
        EITHER,
    ],
    "still_unclear": [
        (
            "本机关已经根据《中华人民共和国政府信息公开条例》第三十条的规定一次性告知您补正，按照您补正后的申请仍不能确定"
            "您需要的政府信息，无法提供。"
        ),
    ],
    "third_party_consultation": [
        "本机关收到一件政府信息公开申请（登记编号：2026-12），申请公开的政府信息涉及你单位。",
        "逾期未提出意见的，由本机关依照上述条例的规定决定是否公开，不视为同意公开，也不视为不同意公开。",
    ],
    "organ_consultation": [
        (
            "根据《中华人民共和国政府信息公开条例》第三十四条的规定，现征求贵单位的意见。请贵单位自收到本意见书之日起15个工作日内"
            "提出意见，填写所附意见回执并送交本机关。逾期未提出意见的，视为同意公开。"
        ),
    ],
}


def test_every_kind_of_notice_has_its_letter() -> None:
    assert set(FORMS) == set(NOTICES)
    assert all(title_of(kind).strip() for kind in NOTICES)


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_is_left_open_where_all_is_known(kind: str) -> None:
    letter, _ = clean(kind)
    words = "\n".join((*letter.body, *(text for row in letter.table for text in row)))
    assert "【" not in words
    assert "{" not in words
    assert "。。" not in words
    assert "None" not in words


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_missing_is_marked_and_never_invented(kind: str) -> None:
    facts = facts_of(kind, fields={}, result="", withheld=(), remedies=(), dated_on=None)
    words = compose(facts)
    assert all(f"【请填写：{spec.label}】" in words for spec in fields_for(kind) if spec.is_required)
    assert not any(spec.example.splitlines()[0] in words for spec in fields_for(kind))


@pytest.mark.parametrize("kind", GOLDEN)
def test_letters_say_it_in_these_words(kind: str) -> None:
    letter, _ = clean(kind)
    assert [sentence for sentence in GOLDEN[kind] if sentence not in letter.body] == []


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_typed_is_what_the_notice_needs_and_has_an_example(kind: str) -> None:
    known = {need.key for need in (*NOTICES[kind].needs, *NOTICES[kind].advised)}
    for spec in fields_for(kind):
        assert spec.key in known | {"secret_level"}
        assert spec.label
        assert spec.hint
        assert spec.example
        assert spec.rows


def test_each_field_of_the_data_is_used() -> None:
    assert {spec.key for kind in FORMS for spec in fields_for(kind)} == set(DATA["fields"])


@pytest.mark.parametrize("channel", Channel)
def test_the_receipt_tells_by_what_rule_the_day_counts(channel: Channel) -> None:
    rows = dict(table_of(facts_of("registration", channel=channel)))
    assert rows["收到申请之日"] == "2026年11月3日"
    assert "之日为收到申请之日" in rows["确定的依据"]
    assert "第三十一条" in rows["确定的依据"]


def test_a_receipt_before_the_confirmation_says_that_the_day_is_open() -> None:
    facts = facts_of(
        "registration", channel=Channel.ORDINARY_MAIL, received_on=None, due_on=None, office="", office_contact=""
    )
    rows = dict(table_of(facts))
    assert rows["收到申请之日"] == "与申请人确认后确定"
    assert rows["答复期限届满日"] == "收到申请之日确定后计算"
    assert rows["联系方式"] == "见本机关政府信息公开指南"
    assert "【" not in "".join(rows.values())


def test_the_receipt_tells_the_due_day_and_why() -> None:
    rows = dict(table_of(facts_of("registration")))
    assert rows["答复期限届满日"] == "2026年12月1日"
    assert rows["计算的方法"].startswith("自收到申请之日的次日起算的第20个工作日")
    provisional = dict(table_of(facts_of("registration", due_is_provisional=True)))
    assert "暂定" in provisional["计算的方法"]


def test_an_organization_is_addressed_as_one() -> None:
    words = compose(facts_of("granted", to_organization=True))
    assert "你单位通过互联网提交" in words
    assert "您" not in words


def test_a_period_of_its_own_and_its_last_day_are_told() -> None:
    words = compose(facts_of("clarification", answer_days=15, answer_by=date(2026, 12, 15)))
    assert "15个工作日内（2026年12月15日以前）" in words


def test_several_things_asked_are_answered_one_by_one() -> None:
    answers = (
        PartAnswer("征收补偿方案", "予以公开，见附件"),
        PartAnswer("各户明细", "不予公开，属于个人隐私", "《中华人民共和国政府信息公开条例》第十五条"),
    )
    lines = compose(facts_of("partly_granted", answers=answers, fields={})).split("\n")
    assert "现就您申请公开的各项内容，逐项答复如下：" in lines
    assert "1.“征收补偿方案”：予以公开，见附件。" in lines
    assert "2.“各户明细”：不予公开，属于个人隐私（依据：《中华人民共和国政府信息公开条例》第十五条）。" in lines
    assert not any("【" in line for line in lines)


def test_one_answer_alone_is_told_only_where_nothing_else_is() -> None:
    answers = (PartAnswer("中标合同", "予以公开，见附件"),)
    assert "逐项答复" not in compose(facts_of("granted", answers=answers))
    assert "“中标合同”：予以公开，见附件。" in compose(facts_of("granted", answers=answers, fields={}))


@pytest.mark.parametrize(
    ("withheld", "words", "article"),
    [
        (("refused_third_party",), "不予公开的部分及其理由：", "第十五条"),
        (("refused_internal", "refused_process"), "不予公开的部分及其理由：", "第十六条第一款、第十六条第二款"),
        (("unavailable_not_held",), "不予公开或者无法提供的部分及其理由：", "第三十六条第（四）项"),
    ],
)
def test_a_partial_disclosure_cites_what_each_part_rests_on(
    withheld: tuple[str, ...], words: str, article: str
) -> None:
    lines = compose(facts_of("partly_granted", withheld=withheld)).split("\n")
    assert words in lines
    assert any(line.startswith("上述部分") and article in line for line in lines)


def test_what_is_not_refused_of_a_partial_disclosure_leaves_either_way_open() -> None:
    lines = compose(facts_of("partly_granted", withheld=())).split("\n")
    assert "不能提供的部分及其理由：" in lines
    assert not any("不予公开" in line for line in lines)
    assert any("可以自收到之日起" in line and "或者六个月内" in line for line in lines)


@pytest.mark.parametrize("result", DATA["grounds"])
def test_a_refusal_says_on_what_ground_and_cites_it(result: str) -> None:
    fields = typed("refused", secret_level="秘密级，保密期限10年")
    words = compose(facts_of("refused", result=result, fields=fields))
    assert DATA["grounds"][result] in words
    assert "第三十六条第（三）项的规定，本机关决定不予公开。" in words


def test_lines_that_are_numbered_already_keep_their_numbers() -> None:
    fields = typed("clarification", all_defects="一、写明名称\n二、写明年度")
    lines = compose(facts_of("clarification", fields=fields)).split("\n")
    assert "一、写明名称；" in lines
    assert "二、写明年度。" in lines


def test_a_fee_of_pages_is_told_by_pages() -> None:
    from gongkai.law.fees import fee_of_pages

    assert fee_lines(fee_of_pages(31, on=date(2026, 11, 3)))[-1] == "第31页，共1页，每页10元，计10元"
    assert sum(tier.yuan for tier in FEE.tiers) == 4000


def test_a_request_is_quoted_on_one_line_and_a_long_one_shortened() -> None:
    assert quoted("一、合同\n二、“补充”协议。\n") == "一、合同；二、‘补充’协议"
    assert quoted("申" * 300) == "申" * 300
    assert quoted("申" * 301) == "申" * 150 + "……"


@given(st.sampled_from(sorted(FORMS)), st.text(max_size=80))
def test_whatever_is_typed_stands_in_the_letter_and_breaks_nothing(kind: str, words: str) -> None:
    facts = facts_of(kind, fields=dict.fromkeys((spec.key for spec in fields_for(kind)), words), request_text=words)
    text = compose(facts)
    lines = [line.strip().rstrip("。；;，,.、 ") for line in words.splitlines() if line.strip()]
    assert all(line in text for line in lines) or not fields_for(kind)


def test_remedies_are_those_given() -> None:
    facts = replace(facts_of("granted"), remedies=("甲。", "乙。"))
    assert "甲。\n乙。" in compose(facts)
    assert REVIEWER in EITHER
    assert COURT in EITHER
