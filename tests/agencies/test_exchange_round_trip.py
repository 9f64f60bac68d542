"""Whatever organisation there is, its export makes the same one elsewhere, and changes nothing where it came from."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.agencies.organisations import DAY, SYSTEM
from tests.agencies.test_exchange import forget_organisation, seen, told
from tests.agencies.workbooks import Line, workbook_of

from gongkai.agencies.exchange.applying import apply, planned
from gongkai.agencies.exchange.export import workbook
from gongkai.agencies.exchange.reading import read_book
from gongkai.agencies.exchange.sheets import APPOINTMENTS
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db
FIRST = date(2019, 3, 1)
NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="<>", exclude_categories=("C", "Z")), min_size=1, max_size=8
)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"), include_characters="\n"), max_size=60
)
DAYS = st.integers(0, 2500).map(lambda number: FIRST + timedelta(days=number))
ROLES = st.sampled_from([label for _, label in APPOINTMENTS.columns[4].choices])


@st.composite
def organisations(draw: st.DrawFn) -> dict[str, list[Line]]:
    """Agencies in a tree, renamed; units of one name after one another; people, namesakes among them, and their roles."""
    count = draw(st.integers(1, 5))
    sheets: dict[str, list[Line]] = {
        name: [] for name in ("机构", "名称沿革", "内设机构", "人员", "职务", "任用", "渠道", "指南")
    }
    for number in range(count):
        code = f"{number}{draw(NAMES)}"
        above = draw(st.sampled_from(["", *(str(line["机构编码"]) for line in sheets["机构"])]))
        kind = draw(st.sampled_from(["人民政府", "工作部门"]))
        sheets["机构"].append(
            {
                "机构编码": code,
                "性质": kind,
                "层级": "县级",
                "上级编码": above,
                "主要职责": draw(TEXTS),
                "设立日期": FIRST,
            }
        )
        for on in {FIRST, draw(DAYS)}:
            sheets["名称沿革"].append({"机构编码": code, "全称": draw(NAMES), "简称": "", "启用日期": on})
        sheets["指南"].append({"机构编码": code, "部分": "收费", "正文": "无" + draw(TEXTS), "启用日期": draw(DAYS)})
        unit, mid = draw(NAMES), FIRST + timedelta(days=draw(st.integers(1, 2000)))
        for on, to_on in ((FIRST, mid), (mid, "")):
            sheets["内设机构"].append({"机构编码": code, "名称": unit, "设立日期": on, "撤销日期": to_on})
        for kind in draw(st.sets(st.sampled_from(["邮寄", "传真"]))):
            sheets["渠道"].append(
                {"机构编码": code, "渠道": kind, "地址、号码或网址": draw(NAMES), "开通日期": draw(DAYS)}
            )
        for person in range(draw(st.integers(1, 3))):
            _add_person(draw, sheets, code, f"{number}-{person}", (unit, mid))
    return {name: lines for name, lines in sheets.items() if lines}


def _add_person(draw: st.DrawFn, sheets: dict[str, list[Line]], code: str, number: str, unit: tuple[str, date]) -> None:
    who: Line = {"编号": number, "登记机关编码": code, "姓名": draw(st.sampled_from(["王敏", "李强"]))}
    sheets["人员"].append(who)
    sheets["职务"].append(
        {"机构编码": code, "人员编号": number, "姓名": "", "职务": draw(NAMES), "任职日期": draw(DAYS)}
    )
    for role in draw(st.sets(ROLES, max_size=2)):
        begin, name = draw(st.sampled_from([FIRST, unit[1]])), draw(st.sampled_from(["", unit[0]]))
        ends: Any = unit[1] if begin == FIRST and name else ""
        line: Line = {
            "机构编码": code,
            "人员编号": number,
            "姓名": "",
            "角色": role,
            "起始日期": begin,
            "终止日期": ends,
        }
        written = f"{name}（{begin}设立）" if name else ""
        sheets["任用"].append({**line, "内设机构": written})


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic(), at(DAY):
        yield
        transaction.set_rollback(True)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(organisations())
def test_an_export_is_the_organisation(sheets: dict[str, list[Line]]) -> None:
    with _taken_back():
        progress = apply(SYSTEM, read_book(workbook_of(sheets)))
        assert told(progress.plan) == []
        before, book = seen(), read_book(workbook())
        again = planned(book)
        assert told(again) == []
        assert not again.is_needed
        forget_organisation()
        assert apply(SYSTEM, book).is_done
        assert seen() == before
