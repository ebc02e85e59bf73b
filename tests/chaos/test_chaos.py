"""Two hundred rounds in which a process is killed: nothing is lost, nothing happens twice."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.long


def test_whatever_is_killed_every_step_fires_once_and_every_approval_has_one_outcome():
    told = subprocess.run(
        [sys.executable, "-m", "tests.chaos", "200"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads(told.stdout.splitlines()[-1])["faults"] == []
