"""The collector of cycles rests while a batch works, and looks again afterwards."""

import gc

import pytest

from closeloop.edge import garbage


@pytest.fixture(autouse=True)
def as_before():
    was_looking = gc.isenabled()
    yield
    (gc.enable if was_looking else gc.disable)()


def test_it_rests_while_a_batch_works_and_one_within():
    gc.enable()
    with garbage.left_alone():
        assert not gc.isenabled()
        with garbage.left_alone():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_looks_again_after_a_failure():
    gc.enable()
    with pytest.raises(ValueError, match="no"), garbage.left_alone():
        raise ValueError("no")
    assert gc.isenabled()


def test_what_rests_for_another_reason_goes_on_resting():
    gc.disable()
    with garbage.left_alone():
        pass
    assert not gc.isenabled()
