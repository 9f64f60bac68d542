"""The journal: who did what to whom, chained so that nobody can quietly change it."""
