"""Bytes to blocks and back, for every format an office uses. `reading.read` and `writing.write` are the two doors."""
