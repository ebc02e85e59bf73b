"""The people of the demo company answer approvals by the product's real actions, time told."""

from django.db import transaction

from closeloop.approvals import actions as approvals
from closeloop.approvals import queries, reading
from closeloop.approvals.actions import Answer, NewCase
from closeloop.identity.models import User
from tests.builders.people import actor_of


class ActingOnCases:
    """A case ledger whose every verb is the product's action."""

    def __init__(self, clock):
        self.clock = clock

    def open(self, wish, *, at):
        self.clock.tell(at)
        new = NewCase(
            flow_key=wish.version.key,
            record_id=wish.record_id,
            record_type=wish.record_type,
            title=wish.title,
            form=wish.form,
            comment=wish.comment,
        )
        return self._done(approvals.open_case, new, by=wish.requester_id)

    def see(self, held, number, *, at):
        self.clock.tell(at)
        person = held.asks[number].person_id
        return self._done(approvals.see, held.row.pk, by=person)

    def agree(self, held, said):
        return self._answer(approvals.agree, held, said)

    def refuse(self, held, said):
        return self._answer(approvals.refuse, held, said)

    def send_back(self, held, said, *, to_node):
        return self._answer(approvals.send_back, held, said, to_node=to_node)

    def transfer(self, held, said, *, to):
        return self._answer(approvals.transfer, held, said, to=to)

    def urge(self, held, comment, *, at):
        self.clock.tell(at)
        own = held.row.requester_id
        return self._done(approvals.urge, held.row.pk, comment=comment, by=own)

    def withdraw(self, held, comment, *, at):
        self.clock.tell(at)
        own = held.row.requester_id
        return self._done(approvals.withdraw, held.row.pk, comment=comment, by=own)

    def resubmit(self, held, form, comment, *, at):
        self.clock.tell(at)
        own = held.row.requester_id
        return self._done(approvals.resubmit, held.row.pk, form=form, comment=comment, by=own)

    def _answer(self, action, held, said, **more):
        self.clock.tell(said.at)
        ask = held.asks[said.number]
        answer = Answer(comment=said.comment, ask_id=ask.pk)
        return self._done(action, held.row.pk, answer, by=ask.person_id, **more)

    def _done(self, action, *given, by, **more):
        with transaction.atomic():
            row = action(*given, actor=actor_of(User.objects.get(pk=by)), **more)
        return reading.hold(queries.whole_case(row.pk))
