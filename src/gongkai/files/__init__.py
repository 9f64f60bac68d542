"""Attachments: content checks, extraction, hidden-data probe, storage by content or random ids, derived copies."""
