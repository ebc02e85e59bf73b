"""The twin of the demo's books: the same verbs, done by the product's real actions one by one."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from closeloop.demo import samples
from closeloop.demo.ledger.verbs import Converted
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.edge import work
from closeloop.engine.refusals import StageLocked
from closeloop.files import actions as files
from closeloop.leads import actions as leads
from closeloop.leads.actions import ConversionAsk
from closeloop.process import actions as process
from closeloop.process import queries as processes
from closeloop.process.models import ExceptionRequest
from closeloop.records import actions as records
from closeloop.records.models import Record
from closeloop.records.types import registry


class Acting:
    """Does everything at once and for real, at the time that the clock is told."""

    def __init__(self, clock):
        self.clock = clock
        self.samples = {each.key: each for each in samples.made()}

    def create(self, type_key, values, *, by, at, via="screen", owner_id=None):
        self.clock.tell(at)
        return desk.create_record(type_key, values, actor=by, via=via, owner_id=owner_id)

    def change(self, record_id, values, *, by, at, via="screen"):
        self.clock.tell(at)
        desk.change_record(
            self._type(record_id).key,
            record_id,
            values,
            expected_version=None,
            actor=by,
            via=via,
        )

    def assign(self, record_id, owner_id, *, by, at):
        self.clock.tell(at)
        desk.assign_record(
            self._type(record_id).key, record_id, owner_id=owner_id, actor=by, via="screen"
        )

    def tick(self, record_id, item, *, by, at):
        self.clock.tell(at)
        process.tick(record_id, item, is_ticked=True, actor=by)

    def wait(self, record_id, reason, *, by, at):
        self.clock.tell(at)
        process.wait(record_id, reason, actor=by)

    def attach(self, record_id, sample, *, kind, name, by, at):
        self.clock.tell(at)
        made = self.samples[sample]
        upload = SimpleUploadedFile(name + made.ending, made.content)
        files.attach(Record.objects.get(pk=record_id), upload, kind=kind, actor=by)

    def comment(self, record_id, text, *, mentions, by, at):
        self.clock.tell(at)
        record = Record.objects.get(pk=record_id)
        records.comment(record, text=text, mentions=mentions, actor=by)

    def see_mentions(self, *, by, at):
        self.clock.tell(at)
        records.see_mentions(actor=by)

    def missing(self, record_id, to_stage, *, at):
        self.clock.tell(at)
        _, previews = processes.previews(self._type(record_id), record_id)
        decision = next(p.decision for p in previews if p.move.to_stage == to_stage)
        return getattr(decision, "missing", ())

    def move(self, record_id, move, *, by, at):
        self.clock.tell(at)
        ask = MoveAsk(
            move.to_stage, via=move.via, reason=move.reason, outcome_reason=move.outcome_reason
        )
        return self._passes(
            lambda: desk.move_record(self._type(record_id).key, record_id, ask, actor=by)
        )

    def ask_exception(self, record_id, to_stage, reason, *, by, at):
        self.clock.tell(at)
        return process.request_exception(
            self._type(record_id), record_id, to_stage=to_stage, reason=reason, actor=by
        ).pk

    def decide_exception(self, request_id, *, is_granted, note, by, at):
        self.clock.tell(at)
        process.decide_exception(request_id, is_granted=is_granted, note=note, actor=by)

    def convert(self, lead_id, given, *, by, at):
        self.clock.tell(at)
        ask = ConversionAsk(
            customer_id=given.customer_id,
            customer=given.customer,
            contact=given.contact,
            deal=given.deal,
        )
        made = self._passes(lambda: leads.convert_lead(lead_id, ask, actor=by))
        return Converted(made.customer_id, made.contact_id, made.deal_id) if made else None

    def open_requests(self, decider_id):
        rows = ExceptionRequest.objects.filter(decider_id=decider_id, state="open")
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def _type(self, record_id):
        return registry.get(Record.objects.values_list("type", flat=True).get(pk=record_id))

    def _passes(self, do):
        """Do it in a savepoint; a locked stage leaves only the recorded attempt, and is no."""
        try:
            with transaction.atomic():
                return do() or True
        except StageLocked as locked:
            work.settle(locked)
            return False
