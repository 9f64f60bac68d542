"""The sums that the form orders, in every row, column and group: T3-ROW, T3-RESULT, T3-BALANCE, T4-TOTAL."""

from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.report.form import Form, Relation, TableForm, form
from gongkai.report.model import CellValue, Report


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
    for where, name, left, right in _instances(relation, declared.table(relation.table)):
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


def _instances(relation: Relation, table: TableForm) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Where each instance stands, its name, and the cell ids on both sides."""
    block = table.blocks[0]
    if relation.each == "row":
        for row in block.rows:
            where = f"{table.key}.{row.key}"
            yield where, row.label, _ids(where, relation.left), _ids(where, relation.right)
    elif relation.each == "column":
        for column in block.columns:
            left = tuple(f"{table.key}.{key}.{column.key}" for key in relation.left)
            right = tuple(f"{table.key}.{key}.{column.key}" for key in relation.right)
            yield f"{table.key}.{column.key}", column.label, left, right
    else:
        groups = {column.key.split(".")[0]: "·".join(column.labels[:-1]) for column in block.columns}
        for key, name in groups.items():
            where = f"{table.key}.{key}"
            yield where, name, _ids(where, relation.left), _ids(where, relation.right)


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
