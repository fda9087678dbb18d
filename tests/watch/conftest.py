from tests.scheduler.conftest import bureau, live, real_database_url

__all__ = ["bureau", "live", "real_database_url"]
