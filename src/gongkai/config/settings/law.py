"""What the rules of law need to know from the operator."""

from gongkai.config.environment import text

WORKDAYS = text("WORKDAYS")
"""The file of schedules of holidays that were published after this release, as docs/guide/workdays.md has it."""
