"""The sums that the form orders, in every row, column and group: T3-ROW, T3-RESULT, T3-BALANCE, T4-TOTAL."""

from collections.abc import Iterator
from functools import cache

from gongkai.findings import Finding, Severity
from gongkai.report.form import Form, Relation, form
from gongkai.report.model import CellValue, Report

Instance = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Where a relation stands, the name of that line, and the cells on its two sides."""


def relation_findings(report: Report) -> list[Finding]:
    """Every relation that does not hold; for those that cannot be judged one hint under the relation's own id.

    A blank never turns an error into a pass: where a term is missing, the parts that are there may still exceed the
    whole, and then no number in the missing cells can mend it.
    """
    declared = form(report.form)
    found: list[Finding] = []
    for relation in declared.relations:
        if relation.table not in report.absent:
            found.extend(_judge(relation, report, declared))
    return found


def _judge(relation: Relation, report: Report, declared: Form) -> Iterator[Finding]:
    unjudged: list[tuple[str, tuple[str, ...]]] = []
    for where, name, left, right in _instances(relation, declared.name):
        parts, wholes = [report.cells.get(cell) for cell in left], [report.cells.get(cell) for cell in right]
        if None not in parts and None not in wholes and sum(map(_whole, parts)) == sum(map(_whole, wholes)):
            continue
        sums = _sum(left, report), _sum(right, report)
        missing = tuple(cell for cell in (*left, *right) if report.cells.get(cell) is None)
        if _broken(sums, _gaps(left, report), _gaps(right, report)):
            yield Finding(
                rule=relation.rule,
                severity=Severity.ERROR,
                where=where,
                message=relation.message.format(line=name) + (f"（另有{len(missing)}格无数字）" if missing else ""),
                expected=sums[0],
                found=sums[1],
                basis=relation.basis,
                evidence=tuple(cell for cell in (*left, *right) if report.cells.get(cell)),
            )
        elif missing:
            unjudged.append((where, missing))
    if unjudged:
        places = "、".join(where for where, _ in unjudged[:3]) + ("等" if len(unjudged) > 3 else "")
        yield Finding(
            rule=relation.rule,
            severity=Severity.HINT,
            where=unjudged[0][0],
            message=f"有{len(unjudged)}处因缺少数字无法核对（{places}），请补全后再核",
            basis=relation.basis,
            evidence=tuple(cell for _, cells in unjudged for cell in cells)[:50],
        )


@cache
def _instances(relation: Relation, name: str) -> tuple[Instance, ...]:
    """The relation in each row, column or group of its table in the form called `name`."""
    table = form(name).table(relation.table)
    block = table.blocks[0]
    if relation.each == "row":
        names = {f"{table.key}.{row.key}": row.label for row in block.rows}
    elif relation.each == "column":
        return tuple(_in_column(relation, column.key, column.label) for column in block.columns)
    else:
        names = {f"{table.key}.{column.key.split('.')[0]}": "·".join(column.labels[:-1]) for column in block.columns}
    return tuple(
        (where, name, _ids(where, relation.left), _ids(where, relation.right)) for where, name in names.items()
    )


def _in_column(relation: Relation, column: str, name: str) -> Instance:
    left, right = (
        tuple(f"{relation.table}.{key}.{column}" for key in keys) for keys in (relation.left, relation.right)
    )
    return f"{relation.table}.{column}", name, left, right


def _ids(prefix: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{prefix}.{key}" for key in keys)


def _sum(cells: tuple[str, ...], report: Report) -> int:
    return sum(_whole(report.cells.get(cell)) for cell in cells)


def _whole(value: CellValue) -> int:
    return int(value) if value is not None else 0


def _gaps(cells: tuple[str, ...], report: Report) -> int:
    return sum(report.cells.get(cell) is None for cell in cells)


def _broken(sums: tuple[int, int], left_gaps: int, right_gaps: int) -> bool:
    left, right = sums
    if not left_gaps and not right_gaps:
        return left != right
    if not right_gaps:
        return left > right
    return not left_gaps and right > left
