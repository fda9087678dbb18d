"""Speeds, each measured against the thing it is compared to, in one run: `make bench`."""
