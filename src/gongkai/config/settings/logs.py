"""Logs: one JSON line each, in English, to standard error. Personal data never goes into them (audit, access log)."""

from typing import Any

import structlog

from gongkai.config.environment import text
from gongkai.config.faults import without_values

LEVEL = text("LOG_LEVEL", "INFO")
_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_values,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": _SHARED,
        }
    },
    "filters": {"without_path": {"()": "gongkai.config.faults.WithoutPath"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["without_path"]}},
    # It tells each page of each letter that it sets.
    "loggers": {"weasyprint": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": LEVEL},
}
structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
