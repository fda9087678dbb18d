"""The tables that the scheduler owns, besides breaches and the feed."""

SCHEDULER_MODELS = ()
