"""The whole books: records, and their way through their processes by the pure engine.

Every move is decided by `engine.stages.decide_advance` with the published blueprint, exactly as
`process.actions.advance` does it; a record cannot come into a stage by any other way.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.demo.ledger.facts import Around, facts_of
from closeloop.demo.ledger.held import ExceptionHeld, Held
from closeloop.demo.ledger.records import RecordBooks
from closeloop.demo.ledger.verbs import ConversionGiven, Converted, Move, OpeningGiven
from closeloop.engine import stages
from closeloop.engine.blueprint import StageKind
from closeloop.engine.gates import MissingItem
from closeloop.engine.stages import Allowed, Blocked, Decision, GrantedException, InstanceState
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.leads.actions import (
    SHARED_WITH_CONTACT,
    SHARED_WITH_CUSTOMER,
    SHARED_WITH_DEAL,
)
from closeloop.process import blueprints
from closeloop.process.blueprints import Loaded


class Books(RecordBooks):
    """Holds everything that is done; see `verbs.Ledger`."""

    def open_at(
        self,
        type_key: str,
        values: Mapping[str, Any],
        opening: OpeningGiven,
        *,
        by: Actor,
        at: datetime,
        owner_id: int,
    ) -> int:
        """Import a record into a later stage, with what it lacks for having come there."""
        held = self._hold(type_key, values, by=by, at=at, owner_id=owner_id)
        held.created_at = opening.created_at
        loaded = held.loaded = blueprints.current_of(type_key)
        if loaded is None:
            raise LookupError(f"{type_key} has no process")
        self._enter(held, opening.stage, "opening", by=by, at=opening.entered_at)
        held.outcome_reason = opening.outcome_reason
        items = loaded.compiled.path_items[opening.stage]
        keys = {key for item in items for key in item.fact_keys}
        missing = stages.find_missing(
            loaded.blueprint, items, self._facts(held, keys), now=timezone.localtime(at)
        )
        held.opening_missing = [item.as_data() for item in missing]
        self._note_created(held, values=held.values, via="import", by=by, at=opening.created_at)
        data = {"to": opening.stage, "version": loaded.number, "missing": len(missing)}
        self.note(f"{type_key}.opening_entered", self.about(held), data, by=by, at=at)
        return held.id

    def tick(self, record_id: int, item: str, *, by: Actor, at: datetime) -> None:
        """Tick a checklist item."""
        held = self.records[record_id]
        if item in held.ticks:
            return
        held.ticks.add(item)
        self.added.ticks.append((record_id, item, by.user_id, at))
        self.note("process.item_ticked", self.about(held), {"item": item}, by=by, at=at)

    def wait(self, record_id: int, reason: str | None, *, by: Actor, at: datetime) -> None:
        """Say what a record waits for, by a waiting reason of its stage."""
        held = self.records[record_id]
        known = {option.key for option in _loaded(held).blueprint.stage(held.stage).waiting_reasons}
        if reason is not None and reason not in known:
            raise LookupError(f"{held.stage} does not wait for {reason}")
        if held.waiting_reason == (reason or ""):
            return
        held.waited_s = _waited_s(held, at)
        held.waiting_reason, held.waiting_since = reason or "", at if reason else None
        verb = "process.waiting_started" if reason else "process.waiting_ended"
        data = {"stage": held.stage, "reason": reason}
        self.note(verb, self.about(held), data, by=by, at=at)

    def missing(self, record_id: int, to_stage: str, *, at: datetime) -> Sequence[MissingItem]:
        """What a move lacks now."""
        held = self.records[record_id]
        compiled = _loaded(held).compiled
        items = compiled.moves[held.stage, to_stage].items
        facts = self._facts(held, compiled.fact_keys(held.stage, to_stage))
        return stages.find_missing(compiled.blueprint, items, facts, now=timezone.localtime(at))

    def move(self, record_id: int, move: Move, *, by: Actor, at: datetime) -> bool:
        """Move a record if its lock is open, or a granted exception opens it."""
        held = self.records[record_id]
        decision = self._decide(held, move, None, at=at)
        if isinstance(decision, Allowed):
            self._apply(held, decision, move, None, by=by, at=at)
            return True
        for exception in self._granted(held, move.to_stage):
            granted = self._decide(held, move, exception, at=at)
            if isinstance(decision, Blocked) and isinstance(granted, Allowed):
                self._apply(held, granted, move, exception, by=by, at=at)
                return True
        self._note_blocked(held, decision, move, by=by, at=at)
        return False

    def ask_exception(
        self, record_id: int, to_stage: str, reason: str, *, by: Actor, at: datetime
    ) -> int:
        """Ask the superior to let a locked move pass without what is missing now."""
        held = self.records[record_id]
        missing = self.missing(record_id, to_stage, at=at)
        decider = self.places.superiors[by.user_id or 0]
        if not missing or decider is None:
            raise LookupError("nothing is missing, or nobody could grant it")
        request = ExceptionHeld(
            id=self.first.exception + len(self.added.exceptions),
            record_id=record_id,
            version_id=_loaded(held).version_id,
            from_stage=held.stage,
            to_stage=to_stage,
            items=[item.item_key for item in missing],
            missing=[item.as_data() for item in missing],
            reason=reason,
            requested_by_id=by.user_id or 0,
            requested_at=at,
            decider_id=decider,
        )
        self.added.exceptions[request.id] = request
        self._note_exception("process.exception_requested", request, by=by, at=at)
        return request.id

    def decide_exception(
        self, request_id: int, *, is_granted: bool, note: str, by: Actor, at: datetime
    ) -> None:
        """Grant or refuse a request."""
        request = self.added.exceptions[request_id]
        request.state = "granted" if is_granted else "refused"
        request.decided_by_id, request.decided_at, request.note = by.user_id, at, note
        self._note_exception(f"process.exception_{request.state}", request, by=by, at=at)

    def convert(
        self, lead_id: int, given: ConversionGiven, *, by: Actor, at: datetime
    ) -> Converted | None:
        """Convert a lead under its gate, into a customer, a contact and a deal."""
        held = self.records[lead_id]
        won = next(stage.key for stage in _loaded(held).stages if stage.kind is StageKind.WON)
        if not self.move(lead_id, Move(won, via="conversion"), by=by, at=at):
            return None
        lead = {key: value for key, value in held.values.items() if value is not None}
        customer_id = given.customer_id
        if customer_id is None:
            customer = _carried("customer", lead, SHARED_WITH_CUSTOMER) | dict(given.customer)
            customer.setdefault("name", lead.get("company"))
            customer_id = self._convert_into("customer", customer, held, by=by, at=at)
        contact = _carried("contact", lead, SHARED_WITH_CONTACT) | dict(given.contact)
        contact["customer"] = customer_id
        contact_id = self._convert_into("contact", contact, held, by=by, at=at)
        deal = _carried("deal", lead, SHARED_WITH_DEAL) | dict(given.deal)
        deal |= {"customer": customer_id, "lead": lead_id}
        deal.setdefault("name", lead.get("company") or lead["name"])
        deal_id = self._convert_into("deal", deal, held, by=by, at=at)
        made = Converted(customer_id, contact_id, deal_id)
        held.columns |= {**vars(made), "converted_at": at}
        self.note("lead.converted", self.about(held), vars(made), by=by, at=at)
        return made

    def _convert_into(
        self, type_key: str, values: dict[str, Any], lead: Held, *, by: Actor, at: datetime
    ) -> int:
        return self.create(type_key, values, by=by, at=at, via="conversion", owner_id=lead.owner_id)

    def _facts(self, held: Held, keys: Any) -> Any:
        customer_id = held.values.get("customer") or 0
        around = Around(
            customer=self.records.get(customer_id),
            roles=len(self.roles_by_customer.get(customer_id, ())),
            product=self.records.get(held.values.get("product") or 0),
        )
        return facts_of(held, keys, around)

    def _granted(self, held: Held, to_stage: str) -> list[ExceptionHeld]:
        """The granted requests for this very move, the newest first."""
        found = [
            request
            for request in self.added.exceptions.values()
            if request.record_id == held.id
            and request.state == "granted"
            and (request.from_stage, request.to_stage) == (held.stage, to_stage)
        ]
        return found[::-1]

    def _decide(
        self, held: Held, move: Move, exception: ExceptionHeld | None, *, at: datetime
    ) -> Decision:
        compiled, loaded = _loaded(held).compiled, _loaded(held)
        granted = exception and GrantedException(
            id=str(exception.id),
            blueprint=loaded.key,
            version=loaded.number,
            from_stage=exception.from_stage,
            to_stage=exception.to_stage,
            item_keys=frozenset(exception.items),
        )
        return stages.decide_advance(
            compiled,
            InstanceState(stage=held.stage, visited=frozenset(v.stage for v in held.visits)),
            self._facts(held, compiled.fact_keys(held.stage, move.to_stage)),
            to_stage=move.to_stage,
            now=timezone.localtime(at),
            reason=move.reason,
            outcome_reason=move.outcome_reason,
            exception=granted or None,
        )

    def _apply(
        self,
        held: Held,
        decision: Allowed,
        move: Move,
        exception: ExceptionHeld | None,
        *,
        by: Actor,
        at: datetime,
    ) -> None:
        entered = held.stage_entered_at or at
        data: dict[str, Any] = {
            "from": held.stage,
            "to": move.to_stage,
            "kind": decision.kind.value,
            "via": move.via,
            "version": _loaded(held).number,
            "reason": decision.reason,
            "outcome_reason": decision.outcome_reason,
            "stayed_s": round((at - entered).total_seconds() - _waited_s(held, at)),
        }
        if waited_s := round(_waited_s(held, at)):
            data["waited_s"] = waited_s
        if decision.excepted and exception is not None:
            data["excepted"] = [item.item_key for item in decision.excepted]
            data["exception_id"] = decision.exception_id
            exception.state = "used"
        held.visits[-1].left_at = at
        self._enter(held, move.to_stage, decision.kind.value, by=by, at=at)
        held.visits[-1].reason = decision.reason or ""
        held.moves += 1
        held.outcome_reason = decision.outcome_reason or ""
        held.waiting_reason, held.waiting_since, held.waited_s = "", None, 0
        held.touch(at)
        self.note(f"{held.type.key}.stage_entered", self.about(held), data, by=by, at=at)

    def _note_blocked(
        self, held: Held, decision: Any, move: Move, *, by: Actor, at: datetime
    ) -> None:
        refusal, loaded = decision.as_refusal(), _loaded(held)
        data = {
            "code": refusal.code,
            "from": held.stage,
            "to": move.to_stage,
            "via": move.via,
            "blueprint": loaded.key,
            "version": loaded.number,
            "missing": refusal.data.get("missing", []),
        }
        self.note("process.move_blocked", self.about(held), data, by=by, at=at)

    def _note_exception(
        self, verb: str, request: ExceptionHeld, *, by: Actor, at: datetime
    ) -> None:
        data = {
            "exception_id": request.id,
            "from": request.from_stage,
            "to": request.to_stage,
            "items": request.items,
            "reason": request.reason,
            "note": request.note,
            "decider_id": request.decider_id,
        }
        self.note(verb, self.about(self.records[request.record_id]), data, by=by, at=at)


def _waited_s(held: Held, at: datetime) -> float:
    """How long a record has waited for others in its stage."""
    return held.waited_s + ((at - held.waiting_since).total_seconds() if held.waiting_since else 0)


def _loaded(held: Held) -> Loaded:
    if held.loaded is None:
        raise LookupError(f"{held.type.key} has no process")
    return held.loaded


def _carried(type_key: str, lead: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """The lead's values that fit the other type's fields; a choice only where it exists there."""
    specs = fields.specs_of(type_key)
    return {
        key: lead[key]
        for key in keys
        if key in lead
        and key in specs
        and (specs[key].type != "choice" or lead[key] in specs[key].choice_keys)
    }
