"""What a sheet of the workbook and its columns are: what a cell holds, what is read, which rows are the same."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from django.db import models


class Is(Enum):
    """What a cell holds. A person is told by two columns, so is a unit of another agency."""

    TEXT = "文字"
    DAY = "日期"
    CHOICE = "选项"
    YES = "是或否"
    AGENCY = "机构编码"
    UNIT = "内设机构名称"
    PERSON_ID = "人员编号"
    PERSON_NAME = "人员姓名"
    ID = "编号"
    SHOWN = "仅供查看"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, the field that it fills, and whether it stays as it is once it is on record."""

    heading: str
    field: str
    kind: Is = Is.TEXT
    hint: str = ""
    required: bool = False
    fixed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    width: int = 14


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet: the rows of a model. Rows are the same where their `key` is, unless a public id says more.

    `owner` is the field that holds the agency in whose journal a row is written; `created` the act of entering one.
    """

    name: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    created: str
    changed: str
    owner: str = "agency"
    subject: str = "agency"

    @cached_property
    def read(self) -> list[Column]:
        """The columns that are read."""
        return [column for column in self.columns if column.kind is not Is.SHOWN]

    @cached_property
    def has_ids(self) -> bool:
        """Whether the rows have public ids."""
        return any(column.kind is Is.ID for column in self.columns)

    def heading_of(self, field: str) -> str:
        """The heading of the first column that fills a field; empty where none does."""
        return next((column.heading for column in self.columns if column.field == field), "")
