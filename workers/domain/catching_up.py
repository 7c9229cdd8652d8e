"""From a room's log to the assistant and back: every sentence keeps its messages."""

from schema.assistant import SaidMessage, Summary
from schema.http import CaughtUp, CitedSentence, LogPage
from schema.wire import MessagePosted

MOST = 300


def messages(page: LogPage) -> list[MessagePosted]:
    """What was said in words, oldest first."""
    return [
        event for event in page.events if isinstance(event, MessagePosted) and event.message.content
    ]


def said(posted: MessagePosted) -> SaidMessage:
    message = posted.message
    return SaidMessage(
        id=message.id,
        author=message.author.name,
        content=message.content,
        created_at=message.created_at,
    )


def caught_up(summary: Summary, posted: list[MessagePosted]) -> CaughtUp:
    """The summary with the seqs to jump to. A sentence that cites nothing we sent is dropped."""
    seqs = {entry.message.id: entry.seq for entry in posted}
    sentences = []
    for sentence in summary.sentences:
        cited = [message_id for message_id in sentence.message_ids if message_id in seqs]
        if cited:
            sentences.append(
                CitedSentence(
                    text=sentence.text, message_ids=cited, seqs=[seqs[each] for each in cited]
                )
            )
    return CaughtUp(
        sentences=sentences,
        message_count=len(posted),
        from_seq=posted[0].seq if posted else 0,
        to_seq=posted[-1].seq if posted else 0,
        provider=summary.provider,
    )
