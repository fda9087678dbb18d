"""Who may use which route of escalation_api: one row per route."""

from shared.auth.access import Access

ACCESS: Access = {}
