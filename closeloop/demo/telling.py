"""What the demo company's people were told: who was mentioned, and where notices are found."""

from datetime import datetime

from django.db import connection

from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.notices.events import Event, Group

WELCOME = Event("demo.welcome", default_channels=("in_app",), group=Group.SYSTEM)
EACH = 20
"""Mentions of one person, the newest; older ones are in the timelines."""
FRESH_DAYS = 3
_MENTIONS = f"""
    WITH named AS (
        SELECT mention.user_id, mention.seen_at, comment.id AS comment_id, comment.created_at,
               comment.text, author.name AS author, record.id AS record_id, record.type,
               record.title, row_number() OVER newest AS place
        FROM records_mention mention
        JOIN records_comment comment ON comment.id = mention.comment_id
        JOIN identity_user author ON author.id = comment.author_id
        JOIN records_record record ON record.id = comment.record_id AND record.deleted_at IS NULL
        WINDOW newest AS (PARTITION BY mention.user_id ORDER BY comment.created_at DESC, comment.id)
    ), told AS (
        INSERT INTO notices_notice
            (person_id, event, "group", data, record_id, record_type, link, is_red, is_copy,
             is_urgent, dedupe_key, file_ids, created_at, seen_at)
        SELECT user_id, 'mention', 'mentions',
               jsonb_build_object('actor', author, 'record', title, 'comment', left(text, 120)),
               record_id, type, '/r/' || type || '/' || record_id, false, false, false,
               'mention:' || comment_id, '{{}}', created_at,
               CASE WHEN created_at < %(now)s - interval '{FRESH_DAYS} days'
                    THEN coalesce(seen_at, created_at + interval '2 hours') ELSE seen_at END
        FROM named WHERE place <= {EACH} ORDER BY created_at, comment_id, user_id
        RETURNING id, created_at
    )
    INSERT INTO notices_delivery
        (notice_id, channel, state, sent_at, created_at, is_digest, attempts, is_uncertain,
         provider_id, error_code, error)
    SELECT id, 'in_app', 'sent', created_at, created_at, false, 0, false, '', '', '' FROM told
"""


def tell(people: list[int], *, now: datetime) -> None:
    """Tell everybody what they would have been told, up to `now` (aware)."""
    with connection.cursor() as cursor:
        cursor.execute(_MENTIONS, {"now": now})
    notices.send(Message(event=WELCOME.key, to=tuple(people), link="/me/notices"))
