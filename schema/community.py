"""A community as its admins shape it: its settings, its guidelines, its look."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schema.http import Body, Line, Name
from schema.ids import LARGEST_SEQ, Id, Millis

JoinRule = Literal["open", "by_request", "invitation"]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Languages = Annotated[list[Language], Field(max_length=10)]
Questions = Annotated[list[Question], Field(max_length=5)]
DefaultRooms = Annotated[list[Id], Field(max_length=20)]
Accent = Annotated[str, StringConstraints(pattern=r"^(#[0-9a-fA-F]{6})?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](-?[a-z0-9]){2,39}$", max_length=40)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Css = Annotated[str, StringConstraints(max_length=10_000)]
GUIDELINES_LENGTH = 20_000
PICTURE_BYTES = 500_000
PICTURE_SIDE = 4_096


class Features(Body):
    """What a community uses; without one its verbs are nobody's."""

    graphs: Annotated[bool, Field(strict=True)] = True
    assistant: Annotated[bool, Field(strict=True)] = True


class CommunitySettings(Body):
    """How a community is set. `questions` are asked of those who want to join by request."""

    name: str
    description: str
    languages: list[str]
    join_rule: JoinRule
    questions: list[str]
    features: Features
    default_rooms: list[Id]
    guidelines_required: bool


class ChangeCommunity(Body):
    """What is null stays as it is."""

    name: Name | None = None
    description: Line | None = None
    languages: Languages | None = None
    join_rule: JoinRule | None = None
    questions: Questions | None = None
    features: Features | None = None
    default_rooms: DefaultRooms | None = None
    guidelines_required: Annotated[bool, Field(strict=True)] | None = None


class Guidelines(Body):
    """The newest version; 0 and empty where nothing is written yet. `accepted`: the version that
    you accepted last. `required`: nobody writes before they have accepted the newest."""

    version: int
    text: str
    written_at: Millis | None
    accepted: int | None
    required: bool


class NewGuidelines(Body):
    """`version` is the one it was read at, 0 for the first."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=GUIDELINES_LENGTH)]
    version: Annotated[int, Field(ge=0, le=LARGEST_SEQ, strict=True)]


class AcceptGuidelines(Body):
    version: Annotated[int, Field(ge=1, le=LARGEST_SEQ, strict=True)]


class Tints(Body):
    """The brand's colour in one theme, readable wherever an accent stands, as `#rrggbb`."""

    accent: str
    accent_strong: str
    accent_wash: str


class Brand(Body):
    """How a community looks. `css` is what is left of its own, `dropped` what was not allowed."""

    title: str
    accent: str
    css: str
    logo: str
    icon: str
    light: Tints | None
    dark: Tints | None
    dropped: list[str] = Field(default=[])


class ChangeBrand(Body):
    """What is null stays as it is; what is empty is none any more."""

    title: Title | None = None
    accent: Accent | None = None
    css: Css | None = None


class Picture(Body):
    """A picture as base64: PNG, JPEG or WebP. Null takes it away."""

    part: Literal["logo", "icon"]
    data: str | None


class Colour(Body):
    """A colour that somebody considers for a community."""

    accent: Accent


class Worn(Body):
    """How it would be worn, in light and in dark; none where there is no colour."""

    light: Tints | None
    dark: Tints | None


class Wish(Body):
    """A community as somebody wants to begin one. `slug` is its name in addresses."""

    slug: Slug
    name: Name
    description: Line = ""
    accent: Accent = ""
    join_rule: JoinRule = "open"
    rooms: Annotated[list[Name], Field(min_length=1, max_length=10)]


class Begun(Body):
    """Where it lives; sign in there with the same address."""

    id: Id
    slug: str
    address: str


class DirectoryEntry(Body):
    """A community in the directory."""

    slug: str
    name: str
    description: str
    address: str
    join_rule: JoinRule


class Directory(Body):
    """The communities that can be found. `home`: this host is the platform's own."""

    home: bool
    communities: list[DirectoryEntry]
    next: str | None
