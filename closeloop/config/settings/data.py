"""The one database, its pool, the shared cache that lives in it, and the file store."""

from urllib.parse import parse_qs, unquote, urlsplit

from closeloop.config.settings import env

ONLY_WHERE_ASKED = 2**31
"""Statements are prepared where the code asks for it (`edge.statements`), never by counting."""


def parse_database_url(url: str) -> dict[str, object]:
    """Django's connection settings for a postgresql:// URL; ?host= may name a socket folder."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "closeloop.edge.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "closeloop",
        "USER": unquote(parts.username or "") or query.get("user", ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "closeloop", "prepare_threshold": ONLY_WHERE_ASKED},
        "TEST": {"NAME": query.get("test_name", f"test_{unquote(parts.path.lstrip('/'))}")},
    }


DATABASES = {
    "default": parse_database_url(env.DATABASE_URL or "postgresql://closeloop@localhost/closeloop")
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "edge_cache",
    }
}
MEDIA_ROOT = env.VAR / "files"
MEDIA_URL = "/api/files/"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT)},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
