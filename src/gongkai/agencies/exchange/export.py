"""The organisation as a workbook to change and import: texts as texts, days as days, closed lists to choose from."""

import io
from datetime import date
from typing import Any

import xlsxwriter
from django.db import transaction

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.exchange.columns import Column, Is, Sheet
from gongkai.agencies.exchange.judging import note_namesakes
from gongkai.agencies.exchange.sheets import (
    AGENCIES,
    APPOINTMENTS,
    LEADING_GROUP,
    NAMES,
    NOTES,
    OFFICE_MEMBERS,
    PEOPLE,
    POSTS,
    SHEETS,
    UNITS,
)
from gongkai.agencies.exchange.standing import Standing
from gongkai.agencies.exchange.values import shown
from gongkai.agencies.permissions import MANAGE_TREE
from gongkai.audit.actions import INSTALLATION, record
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason

EXPORT = "agencies.export"
_LONGEST = 32_767
"""Characters that a cell can hold."""
_LISTED = 255
"""Characters that a list to choose from can hold."""
_ROOM = 2_000
"""Empty rows below the last that are still typed as text and offered the lists."""
_FONT = "宋体"
_INTRO = (
    "本表是全部机构、人员和公开指南资料，改好后可以在“导入和导出”页面传回。",
    "导入只增加和修改，不删除：表里没有写到的登记保持原样。先试导入，逐行列出问题，不写入任何内容；没有问题才能导入。",
    "每张表的第一行是栏名，请不要改动；栏的次序可以变，不需要的栏可以删去（必填的除外），不认识的栏不读取。",
    "日期可以写成 2026-01-05、2026.1.5、2026/1/5 或 2026年1月5日。“终止”类日期从那一天起不再有效。",
    "请不要使用公式和合并单元格。编号由系统给出，请不要改动；新增的行把编号留空。",
    "标“不改”的栏登记以后不能通过导入改动，请在机构页面办理；撤销、合并现有的机构也在机构页面办理。",
    "系统、安全、审计三种管理员和登录账号不在本表中。",
)


@transaction.atomic
def export(actor: Actor) -> bytes:
    """The workbook (.xlsx). It is journaled: it takes the names and office contacts of all staff out of the house.

    Raises ActionRefused for somebody who may not do it, or where a text is longer than a cell can be.
    """
    author = actor.author(MANAGE_TREE, None)
    data = workbook()
    record(EXPORT, author=author, subject=INSTALLATION)
    return data


def workbook() -> bytes:
    """The whole organisation as it is on record."""
    return written(Standing(), today())


def template() -> bytes:
    """The workbook without a row."""
    return written(None, today())


def written(standing: Standing | None, on: date) -> bytes:
    """The workbook of an organisation; the names shown beside codes are those of the day."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    _Writer(book).write(standing, on)
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes the sheets of a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        body = {"font_name": _FONT, "font_size": 11, "valign": "top"}
        self._text = book.add_format({**body, "num_format": "@", "text_wrap": True})
        self._day = book.add_format({**body, "num_format": "yyyy-mm-dd", "align": "left"})
        self._quiet = book.add_format({**body, "num_format": "@", "font_color": "#6b6b6b"})
        self._head = book.add_format({**body, "bold": True, "bg_color": "#e8edf3", "bottom": 1, "text_wrap": True})
        self._title = book.add_format({**body, "bold": True, "font_size": 14})

    def write(self, standing: Standing | None, on: date) -> None:
        """The note sheet, then all others."""
        self._write_notes()
        names = _names(standing, on) if standing else {}
        if standing:
            note_namesakes(standing.rows[UNITS])
        for sheet in SHEETS:
            self._write_sheet(sheet, _exported(standing, sheet) if standing else [], names)

    def _write_notes(self) -> None:
        page = self._book.add_worksheet(NOTES)
        page.set_column(0, 1, 20)
        page.set_column(2, 2, 10)
        page.set_column(3, 3, 90)
        page.write_string(0, 0, "机构和人员资料表填写说明", self._title)
        for row, line in enumerate(_INTRO, start=1):
            page.write_string(row, 0, line)
        row = len(_INTRO) + 2
        for column, heading in enumerate(("表", "栏", "填写", "说明")):
            page.write_string(row, column, heading, self._head)
        for sheet in SHEETS:
            for told in sheet.read:
                row += 1
                for column, text in enumerate((sheet.name, told.heading, _duty(told), _explained(told))):
                    page.write_string(row, column, text, self._text)

    def _write_sheet(self, sheet: Sheet, rows: list[Any], names: dict[int, str]) -> None:
        page = self._book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
        for index, column in enumerate(sheet.columns):
            look = self._look(column)
            page.set_column(index, index, column.width, look)
            page.write_string(0, index, column.heading, self._head)
            options = [label for _, label in column.choices] or (["是", "否"] if column.kind is Is.YES else [])
            if options and len(",".join(options)) <= _LISTED:
                page.data_validation(1, index, len(rows) + _ROOM, index, {"validate": "list", "source": options})
            for line, row in enumerate(rows, start=1):
                value = shown(column, row, names)
                if isinstance(value, date):
                    page.write_datetime(line, index, value, look)
                elif value:
                    _require_room(sheet, column, value)
                    page.write_string(line, index, value, look)

    def _look(self, column: Column) -> Any:
        if column.kind is Is.DAY:
            return self._day
        return self._quiet if column.kind in (Is.SHOWN, Is.ID) else self._text


def _exported(standing: Standing, sheet: Sheet) -> list[Any]:
    """The rows of a sheet in the order of codes; people who belong to nothing but the installation are left out."""
    rows = standing.rows[sheet]
    if sheet is PEOPLE:
        told = (APPOINTMENTS, POSTS, OFFICE_MEMBERS, LEADING_GROUP)
        met = {row.person_id for other in told for row in standing.rows[other]}
        rows = [row for row in rows if row.agency_id is not None or row.pk in met]
    if sheet is AGENCIES:
        return sorted(rows, key=lambda row: row.code)
    return sorted(rows, key=lambda row: (owner.code if (owner := getattr(row, sheet.owner)) else "", row.pk))


def _names(standing: Standing, on: date) -> dict[int, str]:
    """What each agency is called on a day; before its first name, the first."""
    found: dict[int, str] = {}
    for row in sorted(standing.rows[NAMES], key=lambda row: row.from_on):
        if row.from_on <= on or row.agency_id not in found:
            found[row.agency_id] = row.name
    return found


def _duty(column: Column) -> str:
    told = ["必填"] if column.required else ["可不填"]
    return "，".join(told + (["不改"] if column.fixed else []))


def _explained(column: Column) -> str:
    labels = "、".join(label for _, label in column.choices)
    kind = "是或否" if column.kind is Is.YES else ""
    return "；".join(filter(None, (column.hint, f"填其中之一：{labels}" if labels else kind)))


def _require_room(sheet: Sheet, column: Column, text: str) -> None:
    if len(text) > _LONGEST:
        message = f"“{sheet.name}”的“{column.heading}”有一处长{len(text)}字，超过单元格{_LONGEST}字的上限"
        raise ActionRefused([Reason("long", message, "请先缩短这段文字再导出")])
