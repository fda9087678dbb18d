"""The figures of imports for Prometheus. No label ever holds an id or a reference."""

from prometheus_client import Counter

ROWS = Counter("duecare_import_rows_total", "Rows told in bulk, by what became of them.", ["outcome"])
