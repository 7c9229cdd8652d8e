"""From a proof to a person: somebody known, or somebody new."""

from domain import naming, signing_in
from domain.accounts import Proof
from records import identities, people
from records.db import Db
from schema.ids import Millis
from schema.rows import PersonRow


async def identified(
    db: Db, community_id: str, proof: Proof, new_id: str, now: Millis
) -> PersonRow:
    """Whose proof this is. An account of elsewhere stays its person's, whatever address it has by
    now; seen for the first time it is that of whoever has its address here."""
    person = None
    if proof.provider != "email":
        person = await identities.person(db, proof.provider, proof.subject)
    if person is None:
        person = await _by_address(db, community_id, proof.email, new_id, now)
    await identities.prove(db, proof, person["id"], now)
    return person


async def _by_address(db: Db, community_id: str, email: str, new_id: str, now: Millis) -> PersonRow:
    """The person with this address. Somebody new gets a name that nobody has here."""
    person = await people.by_email(db, email)
    if person is None:
        begun = signing_in.name_from(email)
        taken = await people.names_like(db, community_id, begun)
        await people.add(db, new_id, email, naming.free(begun, taken), now)
        person = await people.by_email(db, email)
        assert person is not None, "they were just added"
    return person
