"""The acts on requests: each checks authority and law, changes, writes the journal, in one transaction."""
