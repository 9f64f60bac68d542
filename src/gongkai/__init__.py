"""Gongkai (公开): a government agency's information-disclosure work, from the catalogue to the annual report."""
