"""Legally meaningful acts on the organisation: each checks authority, changes, and writes the journal, all or nothing."""
