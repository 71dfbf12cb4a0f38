"""What the pulse promises is the same sentence wherever it stands, word for word (DOMAIN, the pulse)."""

import pytest

from bot.chat.text import as_words
from bot.pulse.views import promise
from tests.house.reading import ROOT


@pytest.mark.parametrize("document", ["privacy.md", "impact-assessment.md"])
def test_the_documents_hold_the_promise_that_members_read(document: str) -> None:
    lines = (ROOT / "docs" / document).read_text("utf-8").splitlines()
    assert f"> {''.join(map(as_words, promise()))}" in lines
