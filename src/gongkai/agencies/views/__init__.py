"""Pages of the organisation: thin; they parse, call one action or query, and render."""
