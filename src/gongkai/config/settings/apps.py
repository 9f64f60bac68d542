"""Which apps there are, and how pages are made."""

from pathlib import Path

from gongkai.ui.styles import COMPONENTS

INSTALLED_APPS = [
    "gongkai.kernel",
    "gongkai.ui",
    "gongkai.audit",
    "gongkai.outbox",
    "gongkai.files",
    "gongkai.agencies",
    "gongkai.inforequests",
    # Wagtail stands here from the first migration, since the user model is proven with it; its addresses are mounted
    # only when publishing comes.
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [COMPONENTS, Path(__file__).parents[1] / "templates"],
        "OPTIONS": {
            "builtins": ["gongkai.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True  # the libraries' own texts; ours are Chinese literals
WAGTAIL_SITE_NAME = "政府信息公开"
WAGTAILADMIN_BASE_URL = "http://localhost"
# Nothing of Wagtail calls out: no usage reports, no version check, no avatars, no embeds.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
