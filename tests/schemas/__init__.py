"""Whether the services do what their documents say: `make schemas`, asking by schemathesis."""
