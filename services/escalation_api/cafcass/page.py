"""A bundle as one readable page: self-contained, without scripts, fit for paper and for a screen reader."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.escalation_api.cafcass.bundle_views import Bundle
from shared.lifecycle import words
from shared.timescales.wording import day_in_words, instant_in_words

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,  # what people wrote is text, whatever it looks like
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters |= {"day": day_in_words, "instant": instant_in_words, "said": words}


def page_of(bundle: Bundle) -> str:
    """The HTML of a bundle; the same bundle always gives the same page."""
    return _PAGES.get_template("bundle.html").render(bundle=bundle)
