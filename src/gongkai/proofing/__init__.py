"""What is wrong in a text. Text in, findings out; nothing is ever changed."""

from gongkai.proofing.engine import proof

__all__ = ["proof"]
