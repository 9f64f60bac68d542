"""The rules of information disclosure as code. Knows no files of its users, no framework and no clock."""
