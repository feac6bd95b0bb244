"""docs/promises.md is what the recorded counts give, and they are of promises that were kept."""

import pytest

from tests.faults import page, recording


def test_the_page_is_current(pytestconfig: pytest.Config) -> None:
    text = page.render(recording.read())
    if pytestconfig.getoption("--update-golden"):
        page.PAGE.write_text(text)
    assert page.PAGE.read_text() == text, "write it with python -m tests.faults.page"


@pytest.mark.parametrize("promise", page.PROMISES, ids=lambda promise: promise.name)
def test_a_promise_was_kept(promise: page.Promise) -> None:
    counts = recording.read()[promise.name]
    assert counts.pop("violations") == 0
    assert sum(counts.values()) > 0
