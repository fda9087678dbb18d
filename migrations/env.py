"""Alembic's entry: runs on the connection that `shared.db.migrate` holds the lock on."""

from alembic import context

from services.escalation_api.models import ESCALATION_MODELS
from services.reviews_api.models import REVIEWS_MODELS
from services.scheduler.models import SCHEDULER_MODELS
from shared.db.base import Base
from shared.deadlines.models import TIMELINE_MODELS
from shared.events.models import EVENT_MODELS
from shared.http.models import HTTP_MODELS

# Named, so that no tool takes these imports for unused and autogenerate proposes to drop every table.
MODELS: tuple[object, ...] = (
    TIMELINE_MODELS + EVENT_MODELS + HTTP_MODELS + REVIEWS_MODELS + ESCALATION_MODELS + SCHEDULER_MODELS
)

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)

with context.begin_transaction():
    context.run_migrations()
