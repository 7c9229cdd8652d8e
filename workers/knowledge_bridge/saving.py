"""A graph is saved whole, over the version at which it was read."""

from domain.graphs import revised
from records import graphs as records
from records.db import Db
from schema.graphs import SavedGraph
from schema.ids import Millis
from schema.refusals import Refused
from schema.rpc import SaveGraph
from schema.wire import Person


async def save(db: Db, author: Person, asked: SaveGraph, now: Millis) -> SavedGraph:
    """Refuses: bad_fields, too_long, version_conflict."""
    stored = await records.graph(db, asked.community_id, asked.graph_id)
    row = revised(asked, stored, author, now)
    kept = await (records.replace(db, row) if stored else records.add(db, row))
    if not kept:
        raise Refused("version_conflict")
    return SavedGraph(id=row["id"], version=row["version"])
