"""What every app stands on: time, ids, keys, encrypted fields, counters, registries. Imports no other app."""
