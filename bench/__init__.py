"""Speed, told as ratios measured in one run. Each module has `rows() -> list[(name, measured, demand)]`."""
