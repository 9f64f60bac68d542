"""Files, each belonging to something that the apps above know by its key."""

from django.db import models
from django.db.models import Q

from gongkai.kernel.fields import EncryptedTextField
from gongkai.kernel.models import Record


class Derivation(models.TextChoices):
    """What a copy was made for (副本)."""

    TEXT = "text", "提取的文字"
    REDACTED = "redacted", "遮盖后的副本"
    CONVERTED = "converted", "转换格式的副本"


class File(Record):
    """A file (文件): where it lies, what it is, what was found in it.

    `owner` is the public id of what it belongs to; `subject` whose personal file it is, empty for plain ones. `digest`
    is the SHA-256 of a plain file, of a personal one its HMAC under the subject's key. Name and findings may tell about
    people, so they are sealed. An erased file keeps its row, and nothing else.
    """

    owner = models.CharField(max_length=40, db_index=True)
    subject = models.CharField(max_length=40, blank=True, db_index=True)
    purpose = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    name = EncryptedTextField()
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=90, db_index=True)
    key_id = models.PositiveSmallIntegerField(null=True)
    findings = EncryptedTextField()
    source = models.ForeignKey("self", models.CASCADE, null=True, related_name="copies")
    derivation = models.CharField(max_length=10, blank=True, choices=Derivation.choices)
    stored_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="", key_id=None) | (~Q(subject="") & Q(key_id__isnull=False)),
                name="file_personal_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(source=None, derivation="") | (Q(source__isnull=False) & ~Q(derivation="")),
                name="file_copy_has_source",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.public_id
