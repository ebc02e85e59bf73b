"""Reading a pack from its folder: YAML into the definitions that the actions take (no writes)."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from closeloop.records.types import registry

PACKS = resources.files("closeloop.designer") / "packs"
_Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""The compiled one takes a tenth of the time."""
_TYPES = {"reference": "record"}
_FORMATS = {"phone": "phone", "email": "email", "url": "url", "credit_code": "credit_code"}


@dataclass(frozen=True)
class TypeDefinition:
    """A record type of a pack."""

    key: str
    name: Mapping[str, str]
    is_user_defined: bool
    sections: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    related_defaults: list[dict[str, Any]]


@dataclass(frozen=True)
class Pack:
    """Everything that a pack installs; `digest` tells whether its content has changed."""

    key: str
    name: Mapping[str, str]
    version: int
    digest: str = ""
    types: list[TypeDefinition] = field(default_factory=list)
    blueprints: list[dict[str, Any]] = field(default_factory=list)
    flows: list[dict[str, Any]] = field(default_factory=list)
    choice_sets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    calendar: dict[str, Any] = field(default_factory=dict)
    policies: list[dict[str, Any]] = field(default_factory=list)
    routing: list[dict[str, Any]] = field(default_factory=list)
    pools: list[dict[str, Any]] = field(default_factory=list)
    scorecards: list[dict[str, Any]] = field(default_factory=list)
    nurture: dict[str, Any] = field(default_factory=dict)
    purposes: list[dict[str, Any]] = field(default_factory=list)
    support: dict[str, Any] = field(default_factory=dict)
    playbooks: dict[str, Any] = field(default_factory=dict)
    followups: list[dict[str, Any]] = field(default_factory=list)
    saleslog: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)


def read_pack(key: str) -> Pack:
    """A shipped pack by key."""
    root = PACKS / key
    header = _yaml(root / "pack.yaml")
    contents = header["contents"]
    sets = {}
    for name in ("document_kinds", "role_templates", "funnel", "deal_norms"):
        sets[name] = _yaml(root / contents[name])[name]
    if "followup_words" in contents:
        sets |= _yaml(root / contents["followup_words"])
    if "field_insight" in contents:
        sets |= _yaml(root / contents["field_insight"])
    metrics = _yaml(root / contents["metrics"]) if "metrics" in contents else {}
    for name in ("self_check", "layers", "layer_traits"):
        sets[name] = metrics.pop(name, [])
    return Pack(
        key=header["key"],
        name=header["name"],
        version=header["version"],
        digest=digest_of(key),
        types=[_type(_yaml(root / path)) for path in contents["record_types"]],
        blueprints=[_yaml(root / path) for path in contents["blueprints"]],
        flows=[_yaml(root / path) for path in contents.get("flows", [])],
        choice_sets=sets,
        calendar=_yaml(root / contents["calendar"]) if "calendar" in contents else {},
        policies=[_yaml(root / path) for path in contents.get("policies", ())],
        routing=[_yaml(root / path) for path in contents.get("routing", ())],
        scorecards=[_yaml(root / path) for path in contents.get("scorecards", ())],
        pools=[_yaml(root / path) for path in contents.get("pools", ())],
        nurture=_nurture(root, contents.get("nurture")),
        purposes=_yaml(root / contents["privacy"])["purposes"] if "privacy" in contents else [],
        support=_yaml(root / contents["support"]) if "support" in contents else {},
        playbooks=_playbooks(root, contents.get("playbooks")),
        followups=[_yaml(root / path) for path in contents.get("followups", ())],
        saleslog=_yaml(root / contents["saleslog"]) if "saleslog" in contents else {},
        metrics=metrics,
    )


def _nurture(root: Traversable, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a pack brings for leads that are not ready yet: settings, templates, paths."""
    if given is None:
        return {}
    return {
        "settings": _yaml(root / given["settings"]),
        "templates": [_yaml(root / path) for path in given["templates"]],
        "paths": [_yaml(root / path) for path in given["paths"]],
    }


def _playbooks(root: Traversable, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a pack brings to the library: settings, and entries, those of packs of entries last."""
    if given is None:
        return {}
    entries = [each for path in given["entries"] for each in _yaml(root / path)]
    sayings = {"sayings": _yaml(root / given["sayings"])} if "sayings" in given else {}
    return {"settings": {**_yaml(root / given["settings"]), **sayings}, "entries": entries}


def digest_of(key: str) -> str:
    """A digest over every file of a shipped pack, without reading what they say."""
    digest = hashlib.sha256()
    for source in sorted(_files(PACKS / key), key=str):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()


def _files(root: Traversable) -> Iterator[Traversable]:
    for each in root.iterdir():
        if each.is_dir():
            yield from _files(each)
        else:
            yield each


def _yaml(source: Traversable) -> Any:
    return yaml.load(source.read_text(encoding="utf-8"), Loader=_Loader)


def _type(raw: Mapping[str, Any]) -> TypeDefinition:
    defaults = list(_defaults(raw))
    return TypeDefinition(
        key=raw["key"],
        name=raw["name"],
        is_user_defined=raw["custom"],
        sections=raw["sections"],
        fields=[
            _field(each, raw, place, dict(defaults)) for place, each in enumerate(raw["fields"])
        ],
        related_defaults=[each for each in raw.get("smart_defaults", []) if "." in each["from"]],
    )


def _defaults(raw: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, dict[str, Any]]]]:
    for rule in raw.get("smart_defaults", []):
        if "." not in rule["from"]:
            yield rule["from"], {row["when"]: row["set"] for row in rule["rows"]}


def _field(
    raw: Mapping[str, Any],
    owner: Mapping[str, Any],
    place: int,
    defaults: Mapping[str, dict[str, dict[str, Any]]],
) -> dict[str, Any]:
    own = dict(defaults.get(raw["key"], {}))
    if "default" in raw:
        own[""] = {raw["key"]: raw["default"]}
    built_in = not owner["custom"] and raw["key"] in registry.get(owner["key"]).columns
    return {
        "key": raw["key"],
        "name": raw["name"],
        "type": _FORMATS.get(raw.get("format", "")) or _TYPES.get(raw["type"], raw["type"]),
        "is_builtin": built_in,
        "is_required": raw.get("required", False),
        "is_computed": raw.get("computed", False),
        "section": raw.get("section", "main"),
        "position": place,
        "choices": [_choice(each, raw.get("depends_on")) for each in raw.get("choices", [])],
        "defaults": own,
        "target": raw.get("target", ""),
        "max_length": raw.get("max_length"),
        "help": raw.get("help", {}),
    }


def _choice(raw: Mapping[str, Any], depends_on: str | None) -> dict[str, Any]:
    choice: dict[str, Any] = {"key": raw["key"], "name": raw["name"]}
    if depends_on and raw.get("parents"):
        choice["when"] = {depends_on: raw["parents"]}
    return choice
