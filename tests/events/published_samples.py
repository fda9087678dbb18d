"""One stored sample of every event ever published, in published/: each as the outbox held it, and never changed.

`python -m tests.events.published_samples` stores one for each type that has none yet, and touches no other.
"""

import json
from pathlib import Path
from typing import Any

from shared.events.catalogue import EVENTS
from shared.events.schemas import example_envelope

FOLDER = Path(__file__).parent / "published"


def samples() -> dict[str, dict[str, Any]]:
    """Type of event -> the envelope."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


if __name__ == "__main__":
    for name in EVENTS.keys() - samples().keys():
        text = json.dumps(example_envelope(EVENTS[name]), indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n")
