"""Model fields for personal data: encrypted text, and the blind index that finds it by its exact value."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from gongkai.kernel import crypto


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]  # Python sees text where the column holds bytes
    """Text that is encrypted in the database, bound to its table and column. It can't be searched or ordered by."""

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Learns where the field stands: that is the context its values are sealed for."""
        super().contribute_to_class(cls, name, private_only=private_only)
        self.context = f"{cls._meta.label_lower}.{name}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Text to sealed bytes."""
        if isinstance(value, str):
            value = crypto.seal(value.encode(), context=self.context)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str | None:
        """Sealed bytes to text."""
        return None if value is None else self.opened(value)

    def opened(self, value: bytes) -> str:
        """The text of sealed bytes, which a statement of our own may have read. Raises Unsealable."""
        return crypto.unseal(bytes(value), context=self.context).decode()

    def value_to_string(self, obj: models.Model) -> str:
        """Never written out in plain text."""
        return ""


class BlindIndexField(models.BinaryField):  # type: ignore[type-arg]  # filled from another field
    """The blind index of an encrypted field of the same row, filled when the row is saved and looked up by `of`."""

    def __init__(self, source: str = "", **options: Any) -> None:
        options.setdefault("max_length", 32)
        options.setdefault("editable", False)
        options.setdefault("db_index", True)
        self.source = source
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """For migrations."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "source": self.source}

    def pre_save(self, instance: models.Model, add: bool) -> bytes | None:
        """The index of what the source field holds; none for nothing."""
        value = getattr(instance, self.source)
        index = self.of(value) if value else None
        setattr(instance, self.attname, index)
        return index

    def of(self, value: str) -> bytes:
        """The index that rows with this value have."""
        return crypto.blind_index(value, context=f"{self.model._meta.label_lower}.{self.source}")
