"""Who may use which route of the scheduler: one row per route."""

from shared.auth.access import Access

ACCESS: Access = {}
