"""Mail, the one way out for messages so far; without a server messages wait in the outbox, and nothing fails."""

from gongkai.config.environment import is_on, number, text

EMAIL_HOST = text("SMTP_HOST")
EMAIL_PORT = number("SMTP_PORT", 25)
EMAIL_HOST_USER = text("SMTP_USER")
EMAIL_HOST_PASSWORD = text("SMTP_PASSWORD")
EMAIL_USE_TLS = is_on("SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("MAIL_FROM", "gongkai@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
