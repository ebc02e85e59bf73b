"""The one API: every router, and how errors leave."""

from ninja import NinjaAPI

api = NinjaAPI(title="Closeloop", version="1", openapi_url="/openapi.json", docs_url=None)
