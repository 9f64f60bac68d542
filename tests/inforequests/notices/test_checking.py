from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inforequests.notices.letters import clean, facts_of, found_in, rewritten, rules, typed

from gongkai.inforequests.notices.checking import check
from gongkai.inforequests.notices.facts import PartAnswer
from gongkai.inforequests.notices.layout import letter_of
from gongkai.inforequests.notices.letters import FORMS, fields_for
from gongkai.inforequests.notices.redress import remedy_paragraphs
from gongkai.inforequests.notices.wording import compose
from gongkai.law.notices import NOTICES
from gongkai.law.results import RESULTS

REGULATION = "《中华人民共和国政府信息公开条例》"
OTHERS = ("青禾县教育局", "青禾县自然资源局", "青禾县人民政府", "青禾县农业农村局")


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_is_found_in_a_clean_letter(kind: str) -> None:
    letter, facts = clean(kind)
    assert check(letter, facts, others=OTHERS) == []


@pytest.mark.parametrize("result", [one.key for one in RESULTS if "refused" in one.notices])
def test_a_refusal_on_each_ground_is_clean(result: str) -> None:
    level = "秘密级，保密期限10年" if result == "refused_state_secret" else ""
    assert found_in(facts_of("refused", result=result, fields=typed("refused", secret_level=level))) == []


@pytest.mark.parametrize("result", [one.key for one in RESULTS])
def test_a_partial_disclosure_is_clean_whatever_is_withheld(result: str) -> None:
    if result in ("granted", "partly_granted", "refused_state_secret"):
        return
    assert found_in(facts_of("partly_granted", withheld=(result,))) == []


def test_a_partial_disclosure_cites_why_the_rest_is_not_there() -> None:
    reasons = f"2019年的台账经检索不存在（{REGULATION}第三十六条第（四）项）"
    other = {"fields": typed("partly_granted", withheld_reasons=reasons)}
    assert found_in(facts_of("partly_granted", withheld=(), **other)) == []
    refused = other["fields"] | {"withheld_reasons": reasons.replace("第三十六条第（四）项", "第十六条第二款")}
    assert rules(found_in(facts_of("partly_granted", withheld=(), fields=refused))) == {"L-GROUND-OTHER"}


def test_a_letter_numbered_on_arrival_keeps_its_number_when_it_is_confirmed_next_year() -> None:
    assert found_in(facts_of("granted", register_number="2025-12")) == []


# kind, what stands there, what it is changed to, the rule that tells it
REWRITTEN = [
    ("granted", "2026-12", "2026-13", "L-REGISTER"),
    ("granted", "收到申请之日为2026年11月3日", "收到申请之日为2026年11月4日", "L-DATE"),
    ("granted", "（登记编号：2026-12）", "", "L-REGISTER"),
    ("granted", "第三十六条第（二）项", "", "L-GROUND"),
    ("granted", "第三十六条第（二）项", "第三十六条第（三）项", "L-GROUND-OTHER"),
    ("granted", "第三十六条第（二）项", "第三十六条", "L-GROUND"),
    ("granted", REGULATION, "有关规定", "L-GROUND"),
    ("granted", "本机关决定予以公开", "本机关已经研究", "L-NEED"),
    ("granted", "本告知书的送达方式：邮寄。\n", "", "L-NEED"),
    ("granted", "2025年高标准农田建设项目的中标合同", "有关合同", "L-NEED"),
    ("granted", "青禾县人民政府申请", "青禾市人民政府申请", "L-REVIEWER"),
    ("granted", "青禾县人民法院", "南山县人民法院", "L-COURT"),
    ("granted", "六个月内", "三个月内", "L-PERIOD"),
    ("granted", "六十日内", "三十日内", "L-REMEDY"),
    ("refused", "第十六条第二款、", "", "L-GROUND"),
    ("refused", "第十六条第二款", "第十四条", "L-GROUND-OTHER"),
    ("refused", "第十六条第二款", "第十六条第一款", "L-GROUND-OTHER"),
    ("refused", "应当自收到之日起六十日内先向", "可以自收到之日起六十日内向", "L-REMEDY-FIRST"),
    ("refused", "提起行政诉讼。", "提起行政诉讼，也可以直接向人民法院起诉。", "L-REMEDY-FIRST"),
    ("refused", "决定不予公开", "决定如下", "L-NEED"),
    ("partly_granted", "第十五条、", "", "L-GROUND"),
    ("not_existing", "该政府信息不存在", "没有找到", "L-NEED"),
    ("petition", "第三十九条第一款", "第三十九条第二款", "L-GROUND-OTHER"),
    ("fee_unpaid", "（国办函〔2020〕109号）第六条", "（国办函〔2020〕109号）", "L-GROUND"),
    ("archived", "《中华人民共和国档案法》第十五条第二款和", "", None),
    ("archived", "第九条", "第八条", "L-GROUND"),
    ("confirmation", "（国办公开办函〔2021〕30号）", "", None),
    (
        "confirmation",
        "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
        "有关规定",
        "L-GROUND",
    ),
    ("extension", "延长至2026年12月29日", "延长至2026年12月28日", "L-DUE"),
    ("extension", "2026年12月1日（答复期限届满日）", "2026年12月2日（答复期限届满日）", "L-DUE"),
    ("extension", "延长至2026年12月29日", "相应延长", "L-NEED"),
    ("extension", "经本机关政府信息公开工作机构负责人同意，", "", "L-NEED"),
    ("deferral", "延迟至2026年12月29日", "延迟至2027年1月4日", "L-DUE"),
    ("clarification", "10个工作日", "30个工作日", "L-DUE"),
    ("clarification", "自收到本告知书之日起10个工作日内", "尽快", "L-NEED"),
    ("third_party_consultation", "15个工作日", "10个工作日", "L-DUE"),
    ("third_party_consultation", "涉及你单位", "涉及你单位，申请人为王小明", "L-APPLICANT-NAMED"),
    ("third_party_disclosure", "向申请人提供", "向申请人王小明提供", "L-APPLICANT-NAMED"),
    ("organ_consultation", "逾期未提出意见的，视为同意公开。", "", "L-NEED"),
    ("fee", "4000元", "400元", "L-NEED"),
    ("fee", "收到本通知书次日起20个工作日", "收到本通知书次日起15个工作日", "L-DUE"),
    ("consultation_told", "第三十三条第三款", "第三十三条第二款", "L-GROUND-OTHER"),
]


@pytest.mark.parametrize(("kind", "old", "new", "rule"), REWRITTEN)
def test_a_planted_fault_is_told_and_stops_the_issue(kind: str, old: str, new: str, rule: str | None) -> None:
    found = rules(rewritten(kind, old, new))
    assert rule in found if rule else not found


HEADS: list[tuple[str, dict[str, Any], str]] = [
    ("granted", {"addressee": ""}, "L-ADDRESSEE"),
    ("granted", {"addressee": "王小民"}, "L-ADDRESSEE"),
    ("granted", {"agency": "青禾县教育局"}, "L-OTHER-AGENCY"),
    ("granted", {"number": ""}, "L-NUMBER"),
    ("granted", {"number": "青农公开[2026]12号"}, "L-NUMBER"),
    ("granted", {"number": "青农公开〔2026〕第12号"}, "L-NUMBER"),
    ("granted", {"number": "青农公开〔2026〕012号"}, "L-NUMBER"),
    ("granted", {"number": "青农公开〔2025〕12号"}, "L-NUMBER"),
    ("granted", {"number": "青农公开〔2026〕13号"}, "L-NUMBER"),
    ("granted", {"dated_on": None}, "L-DATE"),
    ("granted", {"dated_on": date(2026, 11, 2)}, "L-DATE"),
    ("granted", {"body": ()}, "L-EMPTY"),
    ("registration", {"dated_on": None}, "L-DATE"),
    ("third_party_consultation", {"slip": None}, None),
]


@pytest.mark.parametrize(("kind", "changed", "rule"), HEADS)
def test_a_wrong_head_is_told(kind: str, changed: dict[str, Any], rule: str | None) -> None:
    found = rules(found_in(facts_of(kind), **changed))
    assert rule in found if rule else not found


FACTS: list[tuple[str, dict[str, Any], str]] = [
    ("granted", {"register_number": ""}, "L-REGISTER"),
    ("granted", {"register_number": "12号"}, "L-REGISTER"),
    ("granted", {"received_on": None}, "L-DATE"),
    ("granted", {"reviewer": ""}, "L-REMEDY"),
    ("granted", {"court": ""}, "L-REMEDY"),
    ("granted", {"fields": {}}, "L-PLACEHOLDER"),
    ("granted", {"due_on": date(2026, 11, 3)}, "L-DUE"),
    ("extension", {"new_due_on": date(2026, 12, 1)}, "L-DUE"),
    ("extension", {"new_due_on": None}, "L-PLACEHOLDER"),
    ("extension", {"dated_on": date(2026, 12, 2)}, "L-LATE"),
    ("refused", {"result": ""}, "L-PLACEHOLDER"),
    ("refused", {"result": "refused_state_secret"}, "L-SECRET"),
    ("partly_granted", {"withheld": ("refused_state_secret",)}, "L-SECRET"),
    ("partly_granted", {"answers": (PartAnswer("合同", "不予公开", "有关规定"),) * 2}, "L-GROUND"),
]


@pytest.mark.parametrize(("kind", "changed", "rule"), FACTS)
def test_what_the_facts_lack_is_told(kind: str, changed: dict[str, Any], rule: str) -> None:
    assert rule in rules(found_in(facts_of(kind, **changed)))


@pytest.mark.parametrize("kind", FORMS)
def test_each_thing_that_has_to_be_typed_is_missed(kind: str) -> None:
    for spec in fields_for(kind):
        letter, facts = clean(kind)
        body = [line for line in letter.body if not any(part in line for part in _lines(spec.example))]
        found = rules(check(replace(letter, body=tuple(body)), replace(facts, fields={})))
        assert not spec.is_required or "L-NEED" in found, spec.key


def _lines(example: str) -> list[str]:
    return [line.rstrip("。；") for line in example.splitlines()]


@pytest.mark.parametrize("kind", [kind for kind in FORMS if NOTICES[kind].remedy is not None])
def test_remedies_left_out_or_told_twice_are_told(kind: str) -> None:
    letter, facts = clean(kind)
    without = [line for line in letter.body if line not in facts.remedies]
    assert "L-REMEDY" in rules(check(replace(letter, body=tuple(without)), facts))
    twice = (*letter.body, "如不服，可以向青禾县人民政府申请行政复议，或者向青禾县人民法院提起行政诉讼。")
    assert rules(check(replace(letter, body=twice), facts)) & {"L-REMEDY", "L-REMEDY-FIRST"}


def test_remedies_by_the_law_of_another_day_are_outdated() -> None:
    words = "对本答复不服的，可以自收到之日起六十日内向青禾县人民政府申请行政复议，或者六个月内向青禾县人民法院提起行政诉讼。"
    assert "L-REMEDY-FIRST" in rules(found_in(facts_of("refused", remedies=(words,))))


def test_two_paragraphs_of_remedies_are_both_asked_for() -> None:
    letter, facts = clean("partly_granted")
    assert len(facts.remedies) == 2
    for told in facts.remedies:
        body = tuple(line for line in letter.body if line != told)
        assert rules(check(replace(letter, body=body), facts)) == {"L-REMEDY"}


def test_a_draft_needs_neither_number_nor_date() -> None:
    facts = facts_of("granted")
    letter = letter_of(replace(facts, number="", dated_on=None), compose(facts))
    assert rules(check(letter, facts, is_draft=True)) == set()
    assert rules(check(letter, facts)) == {"L-NUMBER", "L-DATE"}


def test_a_secret_brings_nothing_along() -> None:
    fields = typed("refused", secret_level="秘密级，保密期限10年")
    facts = facts_of("refused", result="refused_state_secret", fields=fields)
    assert found_in(facts) == []
    assert rules(found_in(replace(facts, attachments=("会议纪要",)))) == {"L-SECRET"}


def test_another_agency_is_told_unless_the_facts_name_it() -> None:
    letter, facts = clean("not_responsible")
    assert "青禾县自然资源局" in facts.fields["other_organ"]
    assert check(letter, facts, others=OTHERS) == []
    left_in = replace(letter, body=(*letter.body[:-1], "青禾县教育局已经核实。", letter.body[-1]))
    assert rules(check(left_in, facts, others=OTHERS), blocking=False) == {"L-OTHER-AGENCY"}


def test_the_organ_whose_name_contains_anothers_is_not_taken_for_it() -> None:
    office = "青禾县人民政府办公室"
    facts = facts_of("granted", agency=office, office=office, reviewer="青禾市人民政府", court="青禾市中级人民法院")
    remedies = remedy_paragraphs("granted", (), on=date(2026, 11, 24), reviewer=facts.reviewer, court=facts.court)
    facts = replace(facts, remedies=remedies)
    letter = letter_of(facts, compose(facts).replace("本机关决定", "青禾县人民政府办公室决定"))
    assert check(letter, facts, others=OTHERS) == []


def test_what_was_typed_and_then_rewritten_is_only_looked_at() -> None:
    found = rewritten("granted", "《青禾县2025年农业生产发展资金分配方案》电子文件1份", "分配方案1份")
    assert rules(found) == set()
    assert rules(found, blocking=False) == {"L-NEED"}


def test_a_reply_after_its_last_day_is_looked_at() -> None:
    found = found_in(facts_of("granted", dated_on=date(2026, 12, 2)))
    assert (rules(found), rules(found, blocking=False)) == (set(), {"L-LATE"})
    assert found_in(facts_of("granted", dated_on=date(2026, 12, 2), new_due_on=date(2026, 12, 29))) == []


def test_several_things_asked_have_their_numbers() -> None:
    assert found_in(facts_of("granted", register_number="2026-12-1、2026-12-2")) == []


def test_the_words_are_proofread_but_not_those_of_the_applicant() -> None:
    slip = "《中华人民共和国政府信息公开条列》"
    assert rewritten("granted", REGULATION, slip)
    assert found_in(facts_of("granted", request_text=f"按照{slip}公开合同")) == []


@pytest.mark.parametrize(("kind", "old", "new", "rule"), REWRITTEN)
def test_findings_say_what_to_do_and_on_what_basis(kind: str, old: str, new: str, rule: str | None) -> None:
    for finding in rewritten(kind, old, new):
        assert finding.message
        assert finding.basis
        assert "王小明" not in finding.message


@given(st.sampled_from(sorted(FORMS)), st.text(max_size=200))
def test_no_text_breaks_the_check(kind: str, text: str) -> None:
    found = found_in(facts_of(kind), text)
    assert found or kind == "registration"  # whose table tells all
    assert all(finding.where for finding in found)


def test_days_of_its_own_stand_in_the_words_in_whatever_way_they_are_put() -> None:
    facts = facts_of("clarification", answer_days=15)
    text = compose(facts)
    assert rules(found_in(facts, text)) == set()
    for other in ("于2026年12月1日以前", "15日内"):
        assert rules(found_in(facts, text.replace("自收到本告知书之日起15个工作日内", other))) == {"L-DUE"}
