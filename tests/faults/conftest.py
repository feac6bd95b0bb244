import pytest

from tests.faults import recording


@pytest.fixture
def record(request: pytest.FixtureRequest) -> recording.Record:
    return recording.Record(request)
