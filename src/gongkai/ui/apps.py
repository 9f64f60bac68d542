"""The components as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, styles and their gallery."""

    name = "gongkai.ui"
    label = "ui"
    verbose_name = "界面"
