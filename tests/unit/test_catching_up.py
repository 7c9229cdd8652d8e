"""From a room's log to the assistant and back."""

from domain import catching_up
from schema.assistant import Summary, SummarySentence
from schema.http import LogPage
from schema.wire import LoggedEvent, MemberJoined, Message, MessagePosted, Person

ADA = Person(id="ada", name="Ada")


def posted(seq: int, content: str) -> MessagePosted:
    message = Message(
        id=f"m{seq}",
        room_id="r",
        author=ADA,
        content=content,
        message_type="text",
        metadata={},
        created_at=seq,
    )
    return MessagePosted(seq=seq, ref=f"r{seq}", message=message)


def page(*events: LoggedEvent) -> LogPage:
    return LogPage(events=list(events), head_seq=9, has_before=False, has_after=False)


def test_only_words_are_summarised() -> None:
    joined = MemberJoined(seq=1, at=1, person=ADA)
    said = catching_up.messages(page(joined, posted(2, "Beans"), posted(3, "")))
    assert [entry.seq for entry in said] == [2]
    assert catching_up.said(said[0]).content == "Beans"


def test_every_sentence_keeps_its_messages_and_one_that_cites_nothing_of_ours_is_dropped() -> None:
    summary = Summary(
        provider="builtin",
        sentences=[
            SummarySentence(text="Ada plants beans.", message_ids=["m2", "elsewhere"]),
            SummarySentence(text="Somebody said something.", message_ids=["elsewhere"]),
        ],
    )
    caught = catching_up.caught_up(summary, [posted(2, "Beans"), posted(3, "Peas")])
    assert [sentence.text for sentence in caught.sentences] == ["Ada plants beans."]
    assert (caught.sentences[0].message_ids, caught.sentences[0].seqs) == (["m2"], [2])
    assert (caught.message_count, caught.from_seq, caught.to_seq) == (2, 2, 3)


def test_a_silent_room_gives_an_empty_answer() -> None:
    caught = catching_up.caught_up(Summary(provider="builtin", sentences=[]), [])
    assert (caught.sentences, caught.message_count, caught.from_seq) == ([], 0, 0)
