"""What anybody may know of the community of a host."""

from access.asker import Place
from schema.http import Community


def community(place: Place) -> Community:
    return Community(
        id=place.community.community_id,
        slug=place.community.slug,
        name=place.community.name,
        description=place.community.description,
        local=place.env.STAGE == "local",
    )
