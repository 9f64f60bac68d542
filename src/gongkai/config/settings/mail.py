"""Mail, the one way out for messages so far; without a server messages wait in the outbox, and nothing fails."""

from gongkai.config.environment import number, one_of, text

EMAIL_HOST = text("SMTP_HOST")
SMTP_SECURITY = one_of("SMTP_SECURITY", ("none", "starttls", "tls"))
"""`tls`: encrypted from the first byte, as most hosted mailboxes want it; `starttls`: turned on after the greeting."""
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP_SECURITY == "starttls", SMTP_SECURITY == "tls"
EMAIL_PORT = number("SMTP_PORT", {"none": 25, "starttls": 587, "tls": 465}[SMTP_SECURITY])
EMAIL_HOST_USER = text("SMTP_USER")
EMAIL_HOST_PASSWORD = text("SMTP_PASSWORD")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("MAIL_FROM", "gongkai@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
