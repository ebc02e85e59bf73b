"""Which version of the product has prepared a database, asked without loading the product.

Starting again would spend seconds to find that there is nothing to migrate and nothing to install.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg

PRODUCT = Path(__file__).resolve().parents[1]
LOCK = "requirements-product.lock"
_SAYS_WHAT_IS_HELD = {".py", ".yaml", ".json"}


def digest_of_product(product: Path = PRODUCT) -> str:
    """A digest over every file that says what a database holds, and the locked packages."""
    found = [path for path in product.rglob("*") if path.suffix in _SAYS_WHAT_IS_HELD]
    digest = hashlib.sha256()
    for source in sorted([*found, product.parent / LOCK]):
        if source.exists():
            name = str(source.relative_to(product.parent))
            digest.update(f"{name}\0{source.stat().st_size}\0".encode() + source.read_bytes())
    return digest.hexdigest()


def is_prepared(database_url: str, digest: str) -> bool:
    """Whether the version of this digest was the last to bring the database up to date."""
    with psycopg.connect(database_url, connect_timeout=10) as connection:
        try:
            row = connection.execute("SELECT digest FROM edge_preparation").fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return row is not None and row[0] == digest
