"""Who may use which route of reviews_api: one row per route."""

from shared.auth.access import Access

ACCESS: Access = {}
