"""What the lines refer to: the agencies, people, units and appointments that their cells name, on record or told."""

from datetime import date
from typing import Any

from gongkai.agencies.exchange import judging
from gongkai.agencies.exchange.columns import Column, Is, Sheet
from gongkai.agencies.exchange.lines import Line
from gongkai.agencies.exchange.rules import covers
from gongkai.agencies.exchange.sheets import AGENCIES, APPOINTMENTS, OFFICES, PEOPLE, UNITS
from gongkai.agencies.exchange.standing import Standing, normal, plain
from gongkai.agencies.exchange.values import unit_and_day
from gongkai.agencies.models import Agency, Person
from gongkai.findings import Finding

_FIRST = date(1, 1, 1)


class References:
    """Finds what cells name, and adds to the findings where there is no such row or more than one.

    `doubtful` are the agencies whose own line is not taken yet.
    """

    def __init__(self, standing: Standing, findings: list[Finding], doubtful: set[int]) -> None:
        self._standing, self._findings, self._doubtful = standing, findings, doubtful
        self._people: dict[str, Person] = {}
        self._unsure: set[tuple[Sheet, str, str]] = set()

    def resolve(self, line: Line, columns: list[Column], values: dict[str, Any]) -> bool:
        """Puts the rows that a line names among its values; whether all of them are there and can be relied on."""
        is_sure = True
        for column in columns:
            if column.kind is Is.AGENCY:
                is_sure &= self._agency(line, column, values)
        return (
            is_sure
            and self._person_of(line, values)
            and self._unit(line, columns, values)
            and self._source(line, values)
        )

    def note_person(self, line: Line) -> None:
        """From now on the person of a line is found by the number that the file gives him, and by his id."""
        self._people |= dict.fromkeys({line.texts.get("编号", ""), line.row.public_id} - {""}, line.row)

    def note_wrong(self, line: Line) -> None:
        """What refers to a wrong line is not told as well: it may be right itself."""
        texts = line.texts
        if line.sheet is PEOPLE:
            self._unsure |= {
                (PEOPLE, texts.get("编号", ""), ""),
                (PEOPLE, texts.get("登记机关编码", ""), texts.get("姓名", "")),
            }
        elif line.sheet is UNITS:
            self._unsure.add((UNITS, texts.get("机构编码", ""), texts.get("名称", "")))

    def _agency(self, line: Line, column: Column, values: dict[str, Any]) -> bool:
        code = line.texts.get(column.heading, "")
        agency = self._standing.agency(code) if code else None
        values[column.field] = agency
        if code and agency is None:
            message, instead = f"没有编码为“{code}”的机构", "请核对编码，或在“机构”表中补上这个机构"
            self._find(line, message, instead, column, found=code)
        # What is wrong with that agency's own line is told there.
        return not (code and agency is not None and agency.pk in self._doubtful and line.sheet is not AGENCIES)

    def _person_of(self, line: Line, values: dict[str, Any]) -> bool:
        if any(column.field == "person" for column in line.sheet.columns):
            values["person"] = person = self._who(line, "person", values.get("agency"))
            return person is not None
        return True

    def _who(self, line: Line, named: str, agency: Agency | None) -> Person | None:
        """Who is meant by an id, a name, or both; none after a finding, or where his own line is wrong."""
        number, name = (
            next(column for column in line.sheet.read if column.field == named and column.kind is kind)
            for kind in (Is.PERSON_ID, Is.PERSON_NAME)
        )
        told_id, told_name = line.texts.get(number.heading, ""), line.texts.get(name.heading, "")
        if told_id:
            found: Person | None = self._people.get(told_id) or self._standing.by_id(PEOPLE, told_id)
            if found is None:
                if (PEOPLE, told_id, "") not in self._unsure:
                    message, instead = f"没有编号为“{told_id}”的人员", "请核对，或在“人员”表中补上这个人"
                    self._find(line, message, instead, number, found=told_id)
            elif told_name and normal(found.name) != told_name:
                message = f"编号所指的是“{found.name}”，与姓名“{told_name}”不符"
                self._find(line, message, "请核对编号和姓名", name, found=told_name)
                return None
            return found
        candidates = self._standing.by_key(PEOPLE, (plain(agency), told_name)) if told_name else []
        if len(candidates) == 1:
            only: Person = candidates[0]
            return only
        if told_name and agency is not None and (PEOPLE, agency.code, told_name) not in self._unsure:
            where = f"编码为“{agency.code}”的机构"
            if candidates:
                message, instead = f"{where}有{len(candidates)}位“{told_name}”", "请填写人员编号，写明是哪一位"
            else:
                message = f"{where}没有登记名叫“{told_name}”的人员"
                instead = "请核对姓名，在“人员”表中补上，或填写别的机构登记的人员的编号"
            self._find(line, message, instead, name, found=told_name)
        return None

    def _unit(self, line: Line, columns: list[Column], values: dict[str, Any]) -> bool:
        column = next((column for column in columns if column.kind is Is.UNIT), None)
        if column is None:
            return True
        agency, text = values.get("agency"), line.texts.get(column.heading, "")
        if line.sheet is OFFICES:
            agency = values.get("unit_agency") or agency
        values["unit"] = None
        if not text or agency is None:
            return True
        name, first = unit_and_day(text)
        units = [unit for unit in self._standing.of_agency(UNITS, agency) if normal(unit.name) in (name, text)]
        if first is not None:
            units = [unit for unit in units if unit.from_on == first or normal(unit.name) == text]
        if len(units) > 1:
            on = values.get("from_on") or _FIRST
            units = [unit for unit in units if unit.from_on <= on and (unit.to_on is None or on < unit.to_on)]
        if len(units) == 1:
            values["unit"] = units[0]
            return True
        if (UNITS, agency.code, name) not in self._unsure:
            message = f"编码为“{agency.code}”的机构没有内设机构“{text}”"
            self._find(line, message, "请核对名称，或在“内设机构”表中补上", column, found=text)
        return False

    def _source(self, line: Line, values: dict[str, Any]) -> bool:
        """A delegation comes from the appointment of who delegates: the same role at the same place on that day."""
        if line.sheet is not APPOINTMENTS or not delegator(line):
            return True
        giver = self._who(line, "delegated_from", values["agency"])
        if giver is None:
            return False
        on = values.get("from_on")
        if on is None:
            return True
        wanted = tuple(plain(values.get(name)) for name in ("agency", "unit", "role"))
        for row in self._standing.appointments_of(giver):
            same = tuple(plain(getattr(row, name)) for name in ("agency", "unit", "role")) == wanted
            if same and row.delegated_from is None and covers(row, on):
                values["delegated_from"] = row
                return True
        message = f"“{giver.name}”在起始日期没有这个角色的任用，不能授权"
        self._find(line, message, "请核对授权人、角色、内设机构和日期")
        return False

    def _find(self, line: Line, message: str, instead: str, column: Column | None = None, *, found: str = "") -> None:
        heading = column.heading if column else ""
        self._findings.append(judging.finding(line, "reference", message, instead, heading, found))


def delegator(line: Line) -> str:
    """Who delegates, as the line names him; empty where it is no delegation."""
    return line.texts.get("授权人编号") or line.texts.get("授权人姓名") or ""
