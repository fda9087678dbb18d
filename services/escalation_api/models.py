"""The tables that escalation_api owns."""

ESCALATION_MODELS = ()
