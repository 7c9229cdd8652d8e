"""The lanes on which frames fall: most on a room without a pace, some as a visitor, some slowly."""

from dataclasses import dataclass, field

from schema import wire
from schema.wire import PAGE_MAX
from tests.fuzz.frames import Frame
from tests.fuzz.ground import Ground
from tests.fuzz.kin import Kin, cases
from tests.fuzz.lane import Lane
from tests.fuzz.ledger import Wrong
from tests.person import Person

EVERY_VISIT, EVERY_PACED = 5, 8


class WrongFrame(Wrong):
    """One frame that was answered wrongly all alone, in a fresh room."""

    def __init__(self, frame: Frame, why: Wrong):
        super().__init__(f"{frame!r}: {why}")
        self.frame = frame


@dataclass
class Barrage:
    """Batches fall on three lanes. After the first wrong answer each batch gets rooms of its own,
    so that hypothesis sees the same answer to the same frames while it makes them smaller."""

    member: Person
    visitor: Person
    ground: Ground
    room: str = ""
    lanes: list[Lane] = field(default_factory=list)
    seed: int = 0
    batches: int = 0
    sent: int = 0
    different: set[int] = field(default_factory=set)
    over: bool = False
    careful: bool = False

    @property
    def salt(self) -> str:
        """The same one for the same batch of the same seed, and while a wrong one gets smaller."""
        return f"{self.seed}/{self.batches}"

    def take_ground(self) -> None:
        """Found the rooms, and stand ready to open lines into them."""
        self.room = self.ground.fast_room()
        paced = self.ground.room({})
        self.lanes = [
            Lane(self.member, self.room),
            Lane(self.visitor, self.room, may_post=False),
            Lane(self.member, paced, paced=True),
        ]

    def close(self) -> None:
        """Close every line."""
        for lane in self.lanes:
            lane.close()

    def lane(self) -> Lane:
        """The lane of this batch."""
        if self.batches % EVERY_PACED == 0:
            return self.lanes[2]
        return self.lanes[1 if self.batches % EVERY_VISIT == 0 else 0]

    def fall(self, batch: list[Kin | Frame]) -> None:
        """Send a batch; a wrong answer names the single frame that has it, if there is one."""
        if self.over:
            return
        if self.careful:
            self.fall_carefully(cases(batch, self.salt))
            return
        self.batches += 1
        frames = cases(batch, self.salt)
        self.different.update(map(hash, frames))
        self.sent += len(frames)
        wrong = answered_wrongly(self.lane(), frames)
        if wrong is not None:
            self.careful = True
            self.alone(frames)
            raise Wrong(f"{wrong}\nin {len(frames)} frames, in none of them alone")

    def fall_carefully(self, frames: list[Frame]) -> None:
        """A batch in a fresh room, and each of its frames alone if there is something wrong."""
        room = self.ground.fast_room()
        for person, may_post in [(self.member, True), (self.visitor, False)]:
            lane = Lane(person, room, may_post)
            wrong = answered_wrongly(lane, frames)
            lane.close()
            if wrong is not None:
                self.alone(frames)
                raise Wrong(f"{wrong}\nin {len(frames)} frames, in none of them alone")

    def alone(self, frames: list[Frame]) -> None:
        """Each frame by itself, from a member and from a visitor of a fresh room."""
        room = self.ground.fast_room()
        for person, may_post in [(self.member, True), (self.visitor, False)]:
            lane = Lane(person, room, may_post)
            for frame in frames:
                wrong = answered_wrongly(lane, [frame])
                if wrong is not None:
                    lane.close()
                    raise WrongFrame(frame, wrong)
            lane.close()

    async def check_log(self, reader: Person) -> None:
        """What the room's log holds over HTTP is what the lane was told, from first to last."""
        entries = self.lanes[0].ledger.entries
        seq, head = 0, 1
        while seq < head:
            page = await reader.reads(self.room, after=seq, limit=PAGE_MAX)
            head = page.head_seq
            for event in page.events:
                seq += 1
                if event.seq != seq or not isinstance(event, wire.MessagePosted):
                    raise Wrong(f"the log has {event!r:.300} in the place of {seq}")
                if seq <= self.lanes[0].ledger.head and event != entries[seq]:
                    raise Wrong(f"the log has {event!r:.300}, told was {entries[seq]!r:.300}")


def answered_wrongly(lane: Lane, frames: list[Frame]) -> Wrong | None:
    """What is wrong with the answers. Returned, since hypothesis tells failures apart by the chain
    of errors behind them."""
    try:
        lane.run(frames)
    except Wrong as wrong:
        return wrong
    return None
