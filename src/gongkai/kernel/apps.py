"""The kernel as a Django app."""

from django.apps import AppConfig
from django.urls import register_converter

from gongkai.kernel.ids import PublicIdConverter


class KernelConfig(AppConfig):
    """Holds the counters of human numbers, and `<id:…>` of addresses."""

    name = "gongkai.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "基础"

    def ready(self) -> None:
        """Makes `<id:…>` known to the addresses of all apps."""
        register_converter(PublicIdConverter, "id")
