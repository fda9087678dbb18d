"""Hypothesis keeps no database here and has no stopwatch: the machine may be busy."""

from hypothesis import settings

settings.register_profile("timescales", database=None, deadline=None, max_examples=60)
settings.load_profile("timescales")
