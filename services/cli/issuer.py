"""Who issues the tokens of a council that is made up: this installation itself, whom no other one believes."""

ISSUER, AUDIENCE = "https://duecare.invalid/local", "duecare"
