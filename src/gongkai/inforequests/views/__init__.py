"""Pages of requests: they parse, ask one query or do one act, and show."""
