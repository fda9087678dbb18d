"""The code lists that others publish and Duecare speaks: each a TOML file with its source, read once."""
