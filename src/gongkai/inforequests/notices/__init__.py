"""The letters of a request as documents: their facts, their words, their looks, and the check before issue."""
