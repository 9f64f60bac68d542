"""The base of every record, the counters of human numbers, and the tallies of what is done too often."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, models, transaction

from gongkai.kernel.ids import LENGTH, public_id


class Record(models.Model):
    """A row: a bigint key inside, an opaque public id in addresses, API and journal."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.CharField("公开编号", max_length=LENGTH, unique=True, default=public_id, editable=False)

    if TYPE_CHECKING:
        pk: int

    class Meta:
        abstract = True


class Counter(models.Model):
    """The last number given in a series (登记编号、索引号、文号的序列)."""

    series = models.CharField(max_length=120, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series} {self.last}"


class Tally(models.Model):
    """How often something was done so far in a window of time (计次), under a key that tells nobody who did it."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.count}"


_NEXT = (
    "INSERT INTO kernel_counter (series, last) VALUES (%s, 1) "
    "ON CONFLICT (series) DO UPDATE SET last = kernel_counter.last + 1 RETURNING last"
)
"""One way to the database and back: who asks for the same series waits on its row."""


def next_number(series: str) -> int:
    """The next number of a series, gap-free: given for good only if the transaction that asks for it is committed.

    Raises TransactionManagementError outside of a transaction. The row is locked until the transaction ends (lock
    order: counter, case, journal head).
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{series}: numbers are given within a transaction")
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series])
        number: int = cursor.fetchone()[0]
    return number


_COUNT = (
    "INSERT INTO kernel_tally (key, count, ends_at) VALUES (%s, 1, %s) "
    "ON CONFLICT (key) DO UPDATE SET count = kernel_tally.count + 1 RETURNING count"
)


def count_one(key: str, ends_at: datetime) -> int:
    """Counts one under a key whose window ends then; how many it is now. It counts if the transaction does."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, connection.ops.adapt_datetimefield_value(ends_at)])
        count: int = cursor.fetchone()[0]
    return count
