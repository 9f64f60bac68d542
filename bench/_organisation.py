"""The import on one engine, in a process of its own: `python -m bench._organisation ENGINE` prints its rows as JSON lines."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from time import perf_counter
from typing import Any

from tests import installation, postgresql

AGENCIES, UNITS, PEOPLE = 3_000, 2, 3
DEMANDED = ("机构", "名称沿革", "内设机构", "人员", "任用")


def main(engine: str) -> None:
    """Prepares an installation on that engine, measures, and leaves nothing behind."""
    with postgresql.running(is_durable=True) if engine == "postgresql" else nullcontext("") as port:
        os.environ[installation.PORT] = str(port)
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
        installation.prepare(engine)
        import django

        django.setup()
        from tests import databases

        databases.renew()
        for row in rows(engine, DEMANDED):
            print(json.dumps(row), flush=True)
        if engine == "sqlite":
            databases.renew()
            for what, measured, _ in rows(engine, ()):
                print(json.dumps((what, measured, "told")), flush=True)
    installation.leave()


def rows(engine: str, sheets: tuple[str, ...]) -> Iterator[tuple[str, float, str]]:
    """The bare rows, then the whole way of a file with those sheets (all, where none is named)."""
    from gongkai.agencies.actions.acting import Actor
    from gongkai.agencies.exchange import applying
    from gongkai.agencies.exchange.export import workbook
    from gongkai.agencies.exchange.reading import read_book

    data = workbook_of(AGENCIES, sheets)
    begun = perf_counter()
    book = read_book(data)
    read = perf_counter() - begun
    begun = perf_counter()
    plan = applying.planned(book)
    planned = perf_counter() - begun
    assert plan.findings == []
    bare = _bare(plan)
    begun = perf_counter()
    progress = applying.apply(Actor(None), book)
    applied = perf_counter() - begun
    assert progress.is_done
    what = f"import, {AGENCIES} agencies, {progress.written} rows, {engine}"
    yield f"{what}: reading the file (s)", read, "told"
    yield f"{what}: dry run (s)", planned, "told"
    yield f"{what}: bulk_create of the same rows, no journal (s)", bare, "told"
    yield f"{what}: reading, checking and writing (s)", read + applied, "≤ 20"
    begun = perf_counter()
    again = applying.planned(read_book(workbook()))
    assert not again.is_needed
    yield f"{what}: export, and dry run of the export (s)", perf_counter() - begun, "told"


def _bare(plan: Any) -> float:
    """The plan's own rows inserted by bulk_create in one transaction, and taken back."""
    from django.db import transaction

    from gongkai.agencies.exchange.applying import _insert
    from gongkai.agencies.exchange.sheets import SHEETS

    lines = list(plan.lines)
    with transaction.atomic():
        begun = perf_counter()
        for sheet in SHEETS:  # as an import does, with its agencies' links written afterwards
            _insert(sheet, [line.row for line in lines if line.sheet is sheet])
        taken = perf_counter() - begun
        transaction.set_rollback(True)
    return taken


def workbook_of(count: int, sheets: tuple[str, ...] = ()) -> bytes:
    """A county of that many agencies as a workbook with those sheets, or all."""
    import xlsxwriter

    from gongkai.agencies.exchange.sheets import SHEETS

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    told = _told(count)
    for sheet in [sheet for sheet in SHEETS if not sheets or sheet.name in sheets]:
        page = book.add_worksheet(sheet.name)
        headings = list(told[sheet.name][0])
        for column, heading in enumerate(headings):
            page.write_string(0, column, heading)
        for number, line in enumerate(told[sheet.name], start=1):
            for column, heading in enumerate(headings):
                value = line[heading]
                page.write_string(number, column, value) if isinstance(value, str) else page.write_datetime(
                    number, column, value, day
                )
    book.close()
    return stream.getvalue()


def _told(count: int) -> dict[str, list[dict[str, Any]]]:
    from datetime import date

    founded, since = date(2019, 3, 1), date(2021, 6, 1)
    told: dict[str, list[dict[str, Any]]] = {}

    def add(sheet: str, **line: Any) -> None:
        told.setdefault(sheet, []).append(line)

    add("承继", 原机构编码="", 承继机构编码="", 承继日期="")
    for number in range(count):
        code, name = f"NX{number:05}", f"宁溪县第{number}局"
        kind = "工作部门" if number else "人民政府"
        above = f"NX{number // 8:05}" if number else ""
        government = "NX00000" if number else ""
        add(
            "机构",
            机构编码=code,
            性质=kind,
            层级="县级",
            上级编码=above,
            所属人民政府编码=government,
            发文机关代字=f"宁{number}",
            主要职责=f"第{number}项事务的管理和服务",
            有管辖权的人民法院="宁溪县人民法院",
            设立日期=founded,
        )
        add("名称沿革", 机构编码=code, 全称=name, 简称=f"{number}局", 启用日期=founded)
        for unit in range(UNITS):
            add("内设机构", 机构编码=code, 名称=f"第{unit}股", 职责="办理日常事务", 设立日期=founded)
        for person in range(PEOPLE):
            called = f"王{'甲乙丙丁戊己庚辛壬癸'[person]}{number}"
            add("人员", 登记机关编码=code, 姓名=called, 办公电话="0375-8051234", 办公邮箱=f"w{number}@example.com")
            add("职务", 机构编码=code, 姓名=called, 职务=("局长", "副局长", "科员")[person % 3], 任职日期=since)
            add(
                "任用",
                机构编码=code,
                姓名=called,
                角色=("主要领导", "分管领导", "经办人")[person % 3],
                内设机构="" if person < 2 else "第0股",
                起始日期=since,
                任免文件="宁组〔2021〕6号",
            )
        add(
            "工作机构",
            机构编码=code,
            启用日期=founded,
            名称=f"{name}办公室",
            承担股室="第0股",
            办公地址="宁溪县人民路1号",
            办公时间="工作日 8:30—12:00",
            联系电话="0375-8051234",
        )
        add("工作人员", 机构编码=code, 姓名=f"王丙{number}", 专职="是", 在编="否", 起始日期=since)
        add("领导小组", 机构编码=code, 姓名=f"王甲{number}", 组内职务="组长", 职责="统一领导", 起始日期=since)
        add("渠道", 机构编码=code, 渠道="邮寄", **{"地址、号码或网址": "宁溪县人民路1号"}, 开通日期=founded)
        add("指南", 机构编码=code, 部分="收费", 正文="不收费。", 启用日期=founded)
    return told


if __name__ == "__main__":
    main(sys.argv[1])
