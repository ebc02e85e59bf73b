"""The database backend: Django's own for PostgreSQL, with a health check that costs no question."""
