"""What the dashboard shows and what the alerts ask for is there to be asked, and explained."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from services.scheduler.watch.pulse import Pulse
from shared.watch.watchman import Watchman
from tests.watch.test_seen import heart

ROOT = Path(__file__).parents[2]
RULES = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())
DASHBOARD = json.loads((ROOT / "deploy/grafana/duecare.json").read_text())
RUNBOOK = (ROOT / "docs/operations.md").read_text()
OURS = re.compile(r"\bduecare_[a-z0-9_]+")
OF_EACH_KIND = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",), "gauge": ("",)}

ALERTS = [rule for group in RULES["groups"] for rule in group["rules"]]


def asked_for(expressions: list[str]) -> set[str]:
    """The names of the figures in these, but not those of Prometheus's own jobs."""
    plain = (re.sub(r'job=~?"[^"]*"', "", one) for one in expressions)
    return {name for one in plain for name in OURS.findall(one)}


async def exported(bureau: Any) -> set[str]:
    """Every series that one of the three services exports, after a sign of life."""
    pulse = Pulse()
    pulse.beat("sweep")
    await heart(bureau, pulse).beat()
    names = set()
    for service, app in bureau.town.apps.items():
        app.state.watchman = Watchman(app.state.door.engine, 120)
        text = (await bureau.town.ask(service, "GET", "/metrics")).text
        for family in text_string_to_metric_families(text):
            names |= {family.name + end for end in OF_EACH_KIND.get(family.type, ())}
    return {name for name in names if name.startswith("duecare_") and not name.endswith("_created")}


async def test_every_figure_that_is_shown_or_alerted_on_is_exported_and_explained(bureau):
    shown = asked_for([each["expr"] for panel in DASHBOARD["panels"] for each in panel["targets"]])
    alerted = asked_for([rule["expr"] for rule in ALERTS])
    there = await exported(bureau)
    assert shown and alerted and shown | alerted <= there
    base = {re.sub(r"_(bucket|count|sum)$", "", name) for name in there}
    assert {name for name in base if f"`{name}`" not in RUNBOOK} == set()


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_alert_says_how_urgent_it_is_and_has_its_page_in_the_runbook(rule):
    assert rule["labels"]["severity"] in ("page", "warn", "none")
    assert rule["annotations"]["runbook"] == f"docs/operations.md#{rule['alert'].lower()}"
    assert f"### {rule['alert']}\n" in RUNBOOK


def test_every_service_is_scraped():
    scraped = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"]
    assert [job["job_name"] for job in scraped] == [
        "duecare_reviews_api",
        "duecare_escalation_api",
        "duecare_scheduler",
    ]
