"""The whole organisation as one workbook: exported, tried without writing anything, imported so that it can go on."""
