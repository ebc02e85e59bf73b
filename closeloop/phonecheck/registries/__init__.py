"""Providers of the business registry, one file each."""

from collections.abc import Callable, Mapping

from closeloop.phonecheck.registries import tianyancha
from closeloop.phonecheck.registries.protocol import Company, Registry

__all__ = ["PROVIDERS", "Company", "Registry", "registry_of"]

PROVIDERS: Mapping[str, tuple[str, Callable[[str, str], Registry]]] = {
    tianyancha.KEY: (tianyancha.BASE_URL, tianyancha.Tianyancha),
}
"""By key: the address where nothing else is entered, and the client from address and key."""


def registry_of(provider: str, *, base_url: str, key: str) -> Registry:
    """The client of a provider."""
    address, make = PROVIDERS[provider]
    return make(base_url or address, key)
