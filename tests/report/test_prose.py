"""Sentences of annual reports: 212 that must stay silent beside these tables, and 87 of which each has one fault.

`tests/data/silent_report_prose.txt` has a sentence a line; `tests/data/told_report_prose.tsv` the rule, the characters
at which it is told (their last occurrence), what is expected (for N-PARTS: the sum found), and the sentence.
"""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.blocks import Paragraph
from gongkai.report.check.figures import figure_findings
from gongkai.report.check.names import name_findings
from gongkai.report.check.parts import part_findings
from gongkai.report.form import form
from gongkai.report.model import Report, Section

DATA = Path(__file__).parents[1] / "data"
SILENT = (DATA / "silent_report_prose.txt").read_text(encoding="utf-8").splitlines()
TOLD = [line.split("\t") for line in (DATA / "told_report_prose.tsv").read_text(encoding="utf-8").splitlines()]
HEADS = ["", "（一）主动公开情况。", "（二）依申请公开情况。", "政府信息公开申请办理、行政复议和行政诉讼情况如下。"]

TOTALS = {"received": 12, "carried_in": 2, "processed_total": 11, "carried_out": 3, "granted": 5, "partly_granted": 2}
TOTALS |= {"refused_internal": 1, "refused_process": 1, "unavailable_not_held": 2}
REMEDIES = {
    "reconsideration": {"upheld": 1, "pending": 1, "total": 2},
    "litigation_direct": {"upheld": 1, "total": 1},
    "litigation_after_reconsideration": {"pending": 2, "total": 2},
}
PROACTIVE = {"licences": 300, "penalties": 45, "coercive_measures": 2, "charges": Decimal("1.50")}
DOCUMENTS = {"issued": 3, "repealed": 1, "in_force": 20}
CELLS = {
    **dict.fromkeys(form("2021").cells, 0),
    **{f"requests.{row}.total": value for row, value in TOTALS.items()},
    **{f"remedies.{group}.{key}": value for group, cells in REMEDIES.items() for key, value in cells.items()},
    **{f"proactive.{key}": value for key, value in PROACTIVE.items()},
    **{f"proactive.normative_documents.{key}": value for key, value in DOCUMENTS.items()},
}


def findings(text, *, line=7):
    paragraph = Paragraph(text, line=line)
    section = Section(1, "总体情况", (paragraph,))
    report = Report("临溪县水利局", 2024, "2021", (section,), CELLS, paragraphs=(paragraph,))
    return [*figure_findings(report), *part_findings(report), *name_findings(report)]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("sentence", SILENT)
def test_what_agrees_or_speaks_of_other_things_is_silent(head, sentence):
    assert findings(head + sentence) == []


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_silent_sentences_stay_silent_in_any_company(seed):
    assert findings("".join(Random(seed).sample(SILENT, k=8))) == []


@pytest.mark.parametrize(("rule", "told", "expected", "sentence"), TOLD)
def test_a_fault_is_told_once_and_at_its_place(rule, told, expected, sentence):
    [finding] = findings(sentence)
    assert (finding.rule, finding.where) == (rule, f"7:{sentence.rindex(told) + 1}")
    shown = finding.found if rule == "N-PARTS" else finding.expected
    assert (str(shown) if shown is not None else "-") == expected
    assert finding.basis
    assert "请" in finding.message


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_fault_is_found_in_any_company(seed):
    source = Random(seed)
    rule, _, _, sentence = source.choice(TOLD)
    others = source.sample(SILENT, k=4)
    text = "".join([*others[:2], sentence, *others[2:]])
    [finding] = findings(text)
    assert finding.rule == rule


def test_the_lists_are_long_enough_and_without_doubles():
    assert len(set(SILENT)) == len(SILENT) >= 150
    assert len({line[3] for line in TOLD}) == len(TOLD) >= 80
