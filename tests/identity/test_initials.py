import pytest

from closeloop.identity.initials import initials_of


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("张伟", "zw"),
        ("单雄信", "sxx"),
        ("尉迟恭", "ycg"),
        ("曾国藩", "zgf"),
        ("Anna Smith", "as"),
        ("李 Lee", "ll"),
        ("", ""),
    ],
)
def test_initials_follow_the_reading_of_a_name(name, initials):
    assert initials_of(name) == initials
