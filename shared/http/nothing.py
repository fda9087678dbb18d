"""What was done and leaves nothing to show."""


class NothingToShow(Exception):
    """Raised by an action that did what it was asked to, where there is no record to answer with: unlike a refusal it
    keeps the transaction, and the answer is 204."""
