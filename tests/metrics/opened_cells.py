"""What stands behind the cells of a pilot, opened page by page as its screen does."""

from tests.builders.asking import client_as


def opened(user, pilot, page):
    """By metric, side and time: how many things behind the numerator and the whole."""
    found = {}
    for row in page["rows"]:
        for side in ("pilot", "rest"):
            for when in ("before", "after"):
                asked = {**page[when], **_place(pilot), **({"rest": 1} if side == "rest" else {})}
                hit, whole = (_count(user, row["metric"], part, asked) for part in ("hit", "all"))
                of = None if row[side][when]["denominator"] is None else whole
                found[row["metric"], side, when] = (hit if of is not None else whole, of)
    return found


def _place(pilot):
    unit = pilot["unit"] and pilot["unit"]["id"]
    line = pilot["line"] and pilot["line"]["key"]
    return {key: value for key, value in (("unit", unit), ("line", line)) if value}


def _count(user, metric, part, asked):
    count, cursor = 0, None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = client_as(user).get(
            f"/metrics/{metric}/things", part=part, limit=200, **asked, **more
        )
        assert answer.status_code == 200, answer.content
        count, cursor = count + len(answer.json()["items"]), answer.json()["next_cursor"]
        if cursor is None:
            return count
