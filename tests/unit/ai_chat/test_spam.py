"""Spam is a flood; one link, one cheer or one word in capitals is not."""

import pytest

from ai_chat.moderating import findings, verdict


def spam(text: str) -> list[str]:
    found = [one.finding for one in findings(text)]
    return [one.excerpt for one in found if one.category == "spam"]


@pytest.mark.parametrize(
    ("flood", "ordinary"),
    [
        ("https://shop.example/a " * 5, "https://one.example https://two.example"),
        ("A" * 20, "Jaaaaaaaa"),
        ("!" * 30, "What?!!!"),
        ("DETTE ER HELT UTROLIG DÅRLIG GJORT AV DERE", "NATO og EU møtes i BERLIN"),
        ("Kjøp billige klokker her\n" * 5, "Nei\n" * 5),
        ("kjøp " * 5, "nei nei nei nei nei"),
        ("ÞETTA ER ALVEG ÓTRÚLEGA LÉLEGT HJÁ YKKUR", "RÚV"),
    ],
)
def test_a_flood_is_reviewed_and_its_ordinary_twin_is_not(flood: str, ordinary: str) -> None:
    assert len(spam(flood)) >= 1
    assert verdict(findings(flood)) == "review"
    assert spam(ordinary) == []


def test_floods_of_invitations_and_links_are_refused() -> None:
    invite = "join https://discord.gg/abc{} now\n"
    assert verdict(findings("".join(invite.format(n) for n in range(3)))) == "refuse"
    assert verdict(findings(invite.format(1))) == "allow"
    links = [f"https://shop.example/{n}" for n in range(12)]
    assert verdict(findings(" ".join(links))) == "refuse"
