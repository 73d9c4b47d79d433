"""What hosts say, as `tests.providers.quirks` lists it, one by one."""

import re

import pytest

from tests.providers.calling import CARD, KEY
from tests.providers.quirks import QUIRKS, Quirk
from tests.providers.wire_server import serving
from tutor.errors import ProviderError
from tutor.providers.patience import PATIENT
from tutor.providers.talk import collect
from tutor.providers.wires import opener

ENOUGH = 60


def test_there_are_many() -> None:
    assert len(QUIRKS) >= ENOUGH


@pytest.mark.parametrize("quirk", QUIRKS.values(), ids=QUIRKS)
def test_what_was_understood_is_kept_and_what_was_not_is_named(quirk: Quirk) -> None:
    waits: list[float] = []
    with serving(*quirk.script) as server:
        asked = opener(quirk.wire)(
            CARD, server.url, "m", KEY, patience=PATIENT, wait=lambda s, _why: waits.append(s)
        )
        if quirk.fails is not None:
            with pytest.raises(ProviderError) as caught:
                collect(asked.stream(quirk.request))
            assert type(caught.value) is quirk.fails, caught.value
            assert re.search(quirk.words, caught.value.message), caught.value
            assert caught.value.hint
            return
        reply = collect(asked.stream(quirk.request))
    notes = " ".join(one.why for one in reply.adjusted)
    assert (reply.text, reply.thoughts) == (quirk.text, quirk.thoughts), reply
    assert reply.done is not None
    assert reply.done.ending is quirk.ending, reply
    assert re.search(quirk.words, notes), notes
    assert tuple(waits) == quirk.waits
    assert server.heard[-1].body | quirk.sent == server.heard[-1].body
    assert quirk.tokens in (None, len(reply.tokens))
    assert quirk.counted in (None, reply.done.usage is not None)
