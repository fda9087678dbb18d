"""Logs as JSON, one object per line on stderr, without the values that somebody sent."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

LEVEL = logging.INFO


class JsonLines(logging.Formatter):
    """A record as one JSON object. Of an error it says its kind and its place, for its text may hold data."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "logger": record.name} | _said(record)
        return json.dumps(line | _failure(record))


def log_json_lines() -> None:
    """Send every log record of this process to stderr in this form."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=LEVEL, handlers=[handler], force=True)
    for noisy in ("alembic", "apscheduler", "asyncio", "httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _said(record: logging.LogRecord) -> dict[str, Any]:
    message = record.getMessage()
    if record.name.startswith("duecare") and message.startswith("{"):
        try:
            fields: dict[str, Any] = json.loads(message)
            return fields
        except ValueError:
            pass
    return {"message": message}


def _failure(record: logging.LogRecord) -> dict[str, Any]:
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    frames = traceback.extract_tb(record.exc_info[2])[-12:]
    return {
        "error": record.exc_info[0].__name__,
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
