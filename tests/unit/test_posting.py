"""What may be posted, and what it becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.posting import Author, Draft, clean, post
from schema.refusals import Refused
from schema.wire import CONTENT_LENGTH, Message, Person

ADA = Author(Person(id="ada", name="Ada Solberg"), frozenset({"post_message", "share_graph"}))
VISITOR = Author(Person(id="dov", name="Dov"), frozenset({"read_room"}), is_in=False)


def say(content: str, author: Author = ADA) -> Message:
    return post(author, "garden", Draft(content, "text", {}), "m1", 1_000)


def refused_code(content: str, author: Author = ADA) -> str:
    with pytest.raises(Refused) as no:
        say(content, author)
    return no.value.code


def test_a_member_posts_and_a_visitor_is_asked_to_join() -> None:
    assert say("Beans on 15 April").content == "Beans on 15 April"
    assert refused_code("Beans on 15 April", VISITOR) == "join_first"
    silent = Author(VISITOR.person, VISITOR.may)
    assert refused_code("Beans on 15 April", silent) == "not_allowed", "joining would not help"


def test_the_message_carries_who_where_and_when() -> None:
    message = say("hi")
    assert (message.id, message.room_id, message.author.id) == ("m1", "garden", "ada")
    assert (message.message_type, message.metadata, message.created_at) == ("text", {}, 1_000)


@pytest.mark.parametrize("content", ["", " ", "\n\t ", "\x00\x07", "\r\n"])
def test_nothing_is_refused(content: str) -> None:
    assert say(content + "x").content == "x"
    assert refused_code(content) == "empty_message"


def test_the_longest_message_passes_and_one_more_character_does_not() -> None:
    assert len(say("a" * CONTENT_LENGTH).content) == CONTENT_LENGTH
    assert refused_code("a" * (CONTENT_LENGTH + 1)) == "too_long"


def test_a_graph_needs_its_own_verb_and_no_words() -> None:
    graph = Draft("", "graph", {"graph_id": "g1"})
    assert post(ADA, "garden", graph, "m1", 1).metadata == {"graph_id": "g1"}
    only_talks = Author(ADA.person, frozenset({"post_message"}))
    with pytest.raises(Refused, match="not_allowed"):
        post(only_talks, "garden", graph, "m1", 1)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_cleaning_keeps_line_breaks_tabs_and_every_language() -> None:
    assert clean("  Góðan\r\ndaginn\rþú\t🌱 ") == "Góðan\ndaginn\nþú\t🌱"
