"""Messages that leave the system, retried; their texts hold no personal data."""
