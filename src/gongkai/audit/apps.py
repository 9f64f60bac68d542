"""The journal as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Holds the chains."""

    name = "gongkai.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "日志"
