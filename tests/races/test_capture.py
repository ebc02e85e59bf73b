"""Eight clients with the same person at the same instant: one lead, eight touches."""

import pytest

from closeloop.capture.models import Submission
from closeloop.leads.models import Lead
from tests.builders.activity import entries
from tests.capture.senders import Program, Visitor, make_channel, make_form
from tests.races.together import statuses, together

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, ROUNDS = 8, 6


def test_eight_clients_posting_one_person_make_one_lead(company):
    program, visitor = Program(*make_channel()), Visitor(make_form())
    with together(CLIENTS) as threads:
        for number in range(ROUNDS):
            phone, mail = f"138123400{number:02}", f"p{number}@example.com"
            told = [{"name": "林晓", "phone": phone}, {"name": "林晓", "phone": phone,
                    "email": mail}, {"name": "林晓", "email": mail}]  # fmt: skip
            tasks = [lambda body=told[each % 2]: program.send(body) for each in range(CLIENTS - 1)]
            ticket = visitor.ticket()
            tasks.append(lambda t=ticket, p=phone: visitor.send(ticket=t, name="林晓", phone=p))
            assert statuses(threads.do(*tasks)) == [200] * CLIENTS
            assert Lead.objects.filter(phone=phone).count() == 1
    assert Lead.objects.count() == ROUNDS
    assert Submission.objects.filter(state="taken").count() == ROUNDS
    assert Submission.objects.filter(state="attached").count() == ROUNDS * (CLIENTS - 1)
    assert len(entries("lead.captured")) == ROUNDS * CLIENTS


def test_one_call_sent_eight_times_at_once_is_one_call(company):
    program = Program(*make_channel())
    body = {"name": "林晓", "phone": "13812345678"}
    with together(CLIENTS) as threads:
        send = [lambda: program.send(body, nonce="order-4711")] * CLIENTS
        answers = threads.do(*send)

    assert statuses(answers) == [200] * CLIENTS
    told = [answer.json()[0] for answer in answers]
    assert sorted(each["is_repeat"] for each in told) == [False] + [True] * (CLIENTS - 1)
    assert len({each["lead_id"] for each in told}) == 1
    assert (Lead.objects.count(), Submission.objects.count()) == (1, 1)
