"""Enrolments, messages and steps in the reader's words, with what they must not see left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.edge import messages
from closeloop.engine import nurture
from closeloop.engine.nurture import Channel
from closeloop.fields import queries as fields
from closeloop.nurture import letters, models, paths, sentences, templates
from closeloop.nurture.actions.delivering import STUCK
from closeloop.nurture.queries.reach import LEAD, Sight
from closeloop.nurture.queries.reporting import reason_name
from closeloop.nurture.queries.templates import reason_text

_LONGEST_PREVIEW = 120
_OWN_FIELDS = {"name": "name", "company": "company"}


class Reader:
    """Who reads, in which language; hold one for a request."""

    def __init__(self, sight: Sight, language: str) -> None:
        self.sight = sight
        self.language = language
        self._paths: dict[int, nurture.Path] = {}

    def enrolment(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """One enrolment."""
        owner = {"id": row["owner_id"], "name": row["owner"]} if row["owner_id"] else None
        return {
            "id": row["id"],
            "path": {"key": row["path_key"], "name": row["path_name"]},
            "version": row["version"],
            "record": {"id": row["record_id"], "type": LEAD, "title": row["title"]},
            "owner": owner,
            "state": row["state"],
            "position": self._position(row),
            "next_at": row["next_at"],
            "reason": self._reason(row),
            "note": row["note"],
            "how": row["how"],
            "why": row["why"],
            "started_at": row["started_at"],
            "started_by": row["started_by"],
            "ended_at": row["ended_at"],
            "sent": row["sent"],
            "opened": row["opened"],
            "clicked": row["clicked"],
        }

    def step(self, version_id: int, taken: models.Taken) -> dict[str, Any]:
        """One step that was taken."""
        step = self._steps(version_id).get(taken.step)
        return {
            "step": taken.step,
            "kind": step.kind.value if step else "",
            "text": self._step_text(version_id, taken.step),
            "at": taken.at,
            "outcome": taken.outcome,
            "until": taken.until,
            "reason": taken.reason or None,
            "reason_text": reason_text(taken.reason, self.language),
            "message_id": taken.message_id,
        }

    def message(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """One message; its words only where the reader may see everything that they hold."""
        said, is_covered = row["said"] or {}, self.is_covered(row)
        receipt = row["receipt"] or {}
        reason = row["error_code"]
        is_pending = row["channel"] == "wecom" and row["state"] == "sent" and not receipt
        confirmed = row["receipt_at"] if receipt.get("is_delivered") else None
        return {
            "id": row["id"],
            "channel": row["channel"],
            "state": row["state"],
            "reason": reason or None,
            "reason_text": reason_text(reason, self.language),
            "error": row["error"] if self.sight.is_told(row["channel"], row) else "",
            "subject": "" if is_covered else said.get("subject", ""),
            "preview": "" if is_covered else str(said.get("text", ""))[:_LONGEST_PREVIEW],
            "is_covered": is_covered,
            "language": row["language"],
            "template": {
                "key": row["template_key"],
                "name": row["template_name"],
                "version": row["template_version"],
            },
            "path": {"key": row["path_key"], "name": row["path_name"]},
            "version": row["version"],
            "step": row["step"],
            "enrolment_id": row["enrolment_id"],
            "record": {"id": row["record_id"], "type": LEAD, "title": row["title"]},
            "address": self.sight.address(row["channel"], row["address"], row),
            "created_at": row["created_at"],
            "next_at": row["next_at"],
            "sent_at": row["sent_at"],
            "opened_at": row["opened_at"],
            "clicked_at": row["clicked_at"],
            "opens": row["opens"],
            "clicks": row["clicks"],
            "confirmed_at": confirmed,
            "needs_confirmation": is_pending,
            "can_resend": row["state"] in STUCK,
        }

    def is_covered(self, row: Mapping[str, Any]) -> bool:
        """Whether a message's words hold fields of the lead that the reader must not learn."""
        shut = self.sight.shut(row["owner_id"], row["unit_id"])
        return bool(shut & fields_in(templates.read(row["definition"])))

    def _position(self, row: Mapping[str, Any]) -> dict[str, str] | None:
        if row["state"] != models.State.RUNNING:
            return None
        text = self._step_text(row["version_id"], row["position"]) if row["position"] else ""
        return {"step": row["position"], "text": text}

    def _reason(self, row: Mapping[str, Any]) -> dict[str, str] | None:
        if not row["reason"]:
            return None
        definition = paths.live(row["version_id"]).definition
        return {
            "key": row["reason"],
            "name": reason_name([definition], row["reason"], self.language),
        }

    def _step_text(self, version_id: int, key: str) -> str:
        step = self._steps(version_id).get(key)
        if step is None:
            return key
        return sentences.of_step(step, self._path(version_id).record_type, self.language)

    def _steps(self, version_id: int) -> Mapping[str, nurture.Step]:
        return {each.key: each for each in self._path(version_id).all_steps}

    def _path(self, version_id: int) -> nurture.Path:
        if version_id not in self._paths:
            definition = paths.live(version_id).definition
            self._paths[version_id] = nurture.parse_path(definition)
        return self._paths[version_id]


def fields_in(template: templates.Template) -> frozenset[str]:
    """The lead's fields whose values stand in a message by a template."""
    texts = [text.subject + "\n" + text.body for text in template.texts.values()]
    named = {name for text in texts for name in letters.placeholders_in(text)}
    named.update(template.params)
    own = {_OWN_FIELDS[name] for name in named if name in _OWN_FIELDS}
    return frozenset(
        own.union(
            name.removeprefix(fields.PREFIX) for name in named if name.startswith(fields.PREFIX)
        )
    )


def reach_rows(
    reach: Any, place: Mapping[str, int | None], obstacles: Mapping[Channel, str], reader: Reader
) -> Sequence[dict[str, Any]]:
    """How one lead is reached on each channel; none where its address is hidden from the reader."""
    return [
        {
            "channel": channel.value,
            "address": reader.sight.address(channel, reach.addresses.get(channel, ""), place),
            "can": not obstacles[channel],
            "why": obstacles[channel] or None,
            "why_text": messages.say(f"nurture.reason.{obstacles[channel]}", reader.language)
            if obstacles[channel]
            else "",
        }
        for channel in Channel
        if not reader.sight.is_hidden(channel)
    ]
