"""The outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Has due messages delivered by the worker."""

    name = "gongkai.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "待发消息"

    def ready(self) -> None:
        """Once all apps are there."""
        from gongkai.kernel.registry import ticks
        from gongkai.outbox.delivery import deliver_due  # models can't be imported before

        ticks.add("outbox.deliver", deliver_due)
