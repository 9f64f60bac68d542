"""Chains of journal entries, and the values beside them, which may be erased without breaking a chain."""

from typing import Any

from django.db import models

ERASE = "audit.erase"
"""The act of erasing a subject's values, which from then on may be missing."""


class AppendOnly(models.QuerySet[Any]):
    """Rows are added and read. The database holds to it as well, by triggers."""

    def update(self, **_changes: Any) -> int:
        """Never."""
        raise TypeError("journal rows are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("journal rows are never deleted")


class Chain(models.Model):
    """A journal (日志链): one for each agency, by its public id, and one for the installation.

    `seal` is the keyed hash of the head: who cuts the end off in the database alone can't make the head fit.
    """

    key = models.CharField(max_length=40, primary_key=True)
    last_number = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="", blank=True)
    seal = models.CharField(max_length=64, default="", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.key} {self.last_number}"


class Entry(models.Model):
    """One act, written down for good (日志条目).

    `actor`, `subject` are opaque keys; `macs` maps each changed field to the HMAC of its values under the subject's
    key; `hash` covers everything here and the hash before.
    """

    id = models.BigAutoField(primary_key=True)
    # The unique constraint's index begins with the chain: one of its own would be written for nothing.
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    role = models.CharField(max_length=40, blank=True)
    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=40)
    macs = models.JSONField(default=dict)
    algorithm = models.CharField(max_length=10)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_number")]
        indexes = [models.Index(fields=["subject", "number"], name="audit_entry_subject")]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.number} {self.act}"


class SubjectKey(models.Model):
    """The key under which a subject's values are sealed and their HMACs made; None once it is erased."""

    subject = models.CharField(max_length=40, primary_key=True)
    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.subject


class EntryValues(models.Model):
    """What the fields of an entry were and became, sealed under the subject's key; erased, the chain stays whole."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="values_row")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.entry_id)
