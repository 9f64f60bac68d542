"""A letter laid out as GB/T 9704-2012 §10.1 has it: head, number, title, addressee, words, attachments, signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.inforequests.notices.facts import Facts
from gongkai.inforequests.notices.letters import FORMS, Slip
from gongkai.inforequests.notices.wording import contact_of, table_of, written

NO_NUMBER = "（文号待编）"
NO_DATE = "（日期待签发后填写）"
"""What a draft shows where number and date will stand."""

_SLIP_ROWS = ("意见提出人", "联系人和联系电话", "征求意见书", "意见", "理由和有关证明材料", "签名或者盖章")
_TALL, _TALLEST = "\n" * 3, "\n" * 6
_FORM_WIDTHS = (1, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it goes out: its head and its signature bear `agency`, `body` is what the clerk made of the words.

    `number` is empty and `dated_on` None before signing. `contact` is the note below the date, empty where a table
    tells it; `register_number` is what the reply slip refers to. `query_address`, where given, is drawn as a QR code
    (登记回执).
    """

    agency: str
    title: str
    number: str
    addressee: str
    body: tuple[str, ...]
    dated_on: date | None
    contact: str
    register_number: str
    table: tuple[tuple[str, str], ...] = ()
    attachments: tuple[str, ...] = ()
    slip: Slip | None = None
    query_address: str = ""


def letter_of(facts: Facts, text: str, *, query_address: str = "") -> Letter:
    """The letter with these words, its paragraphs separated by line feeds; empty lines are left out."""
    form = FORMS[facts.kind]
    return Letter(
        agency=facts.agency,
        title=form.title,
        number=facts.number,
        addressee=facts.addressee,
        body=tuple(line.strip() for line in text.splitlines() if line.strip()),
        dated_on=facts.dated_on,
        contact="" if form.table else contact_of(facts),
        register_number=facts.register_number,
        table=table_of(facts),
        attachments=facts.attachments,
        slip=form.slip,
        query_address=query_address,
    )


def blocks(letter: Letter) -> list[Block]:
    """The letter as the blocks of a document, the reply slip on a page of its own."""
    found: list[Block] = [Paragraph(letter.agency, style=Style.LETTERHEAD)]
    if not letter.query_address:
        found.append(Paragraph(letter.number or NO_NUMBER, style=Style.DOCUMENT_NUMBER))
    found += [
        Paragraph(letter.title, style=Style.TITLE),
        Paragraph(f"{letter.addressee}：", style=Style.ADDRESSEE),
        *_body(letter),
    ]
    if letter.attachments:
        found.append(Paragraph(_attachments(letter.attachments), style=Style.ATTACHMENTS))
    if letter.query_address:
        found.append(Paragraph(letter.query_address, style=Style.QR_CODE))
    dated = written(letter.dated_on) if letter.dated_on else NO_DATE
    found.append(Paragraph(f"{letter.agency}\n{dated}", style=Style.SIGNATURE))
    if letter.contact:
        found.append(Paragraph(f"（联系方式：{letter.contact}）"))
    return found + _slip(letter, letter.slip) if letter.slip else found


def _body(letter: Letter) -> list[Block]:
    """The paragraphs, with the table below the first of them."""
    paragraphs: list[Block] = [Paragraph(text) for text in letter.body]
    if letter.table:
        paragraphs.insert(1, _form(letter.title, letter.table))
    return paragraphs


def _form(caption: str, rows: Sequence[tuple[str, str]]) -> Grid:
    cells = [
        Cell(text, row, column, header=column == 0) for row, pair in enumerate(rows) for column, text in enumerate(pair)
    ]
    return Grid(tuple(cells), caption=caption, widths=_FORM_WIDTHS, is_form=True)


def _attachments(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return f"附件：{names[0]}"
    return "附件：" + "\n".join(f"{index}.{name}" for index, name in enumerate(names, 1))


def _slip(letter: Letter, slip: Slip) -> list[Block]:
    reference = f"{letter.agency}{letter.number or NO_NUMBER}（登记编号：{letter.register_number}）"
    answers = (letter.addressee, "", reference, slip.opinion, _TALLEST, _TALL + "　　　　年　　月　　日")
    return [
        Paragraph(slip.title, style=Style.PART_TITLE),
        Paragraph(f"{letter.agency}：", style=Style.ADDRESSEE),
        _form(slip.title, list(zip(_SLIP_ROWS, answers, strict=True))),
        Paragraph(f"说明：{slip.note}", style=Style.NOTE),
    ]
