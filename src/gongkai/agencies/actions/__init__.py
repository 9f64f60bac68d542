"""Legally meaningful acts on the organisation: each checks authority, changes, writes the journal, all or nothing."""
