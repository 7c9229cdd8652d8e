"""Another e-mail address: only its owner, signed in, makes it theirs; then everybody is out."""

from urllib.parse import parse_qs, urlsplit

from tests.cast import World
from tests.integration.test_signing_in import address, asks_for_link, mails
from tests.person import Person
from tests.place import refused

EMAIL = "/api/me/email"
COMPLETE = f"{EMAIL}/complete"
SIGNED_OUT = 4001


async def asks_for(person: Person, email: str) -> dict[str, str]:
    """Ask for a change and open the mail; the body that uses its link."""
    answer = await person.asks("POST", EMAIL, json={"email": email})
    assert answer.status_code == 202, answer.text
    mail = (await mails(person.place, email))[0]
    return {"token": parse_qs(urlsplit(mail["link"]).fragment)["token"][0]}


async def test_a_new_address_counts_and_ends_every_session(world: World) -> None:
    ada, new = world.ada, f"new@{world.here.domain}"
    await ada.opens(world.commons)
    phone = world.window(ada)
    phone.cookie = ""
    await phone.opens(world.commons)
    link = await asks_for(ada, new)
    assert (await ada.gets("/api/me"))["email"] == address(ada), "asked for is not yet done"
    done = await ada.asks("POST", COMPLETE, json=link)
    assert done.status_code == 204, done.text
    assert await ada.until_closed() == await phone.until_closed() == SIGNED_OUT
    for window in (ada, phone):
        assert refused(await window.asks("GET", "/api/me")).code == "not_signed_in"
    signed_in = await world.here.asks(
        "POST", "/api/sign-in/complete", **await asks_for_link(world.here, new)
    )
    assert signed_in.json()["person"]["id"] == ada.id
    [told] = await mails(world.here, address(ada))
    assert new in told["text"] and told["link"] == ""


async def test_a_link_is_used_once_by_who_asked_and_where(world: World) -> None:
    link = await asks_for(world.ada, f"new@{world.here.domain}")
    assert refused(await world.ben.asks("POST", COMPLETE, json=link)).code == "link_not_valid"
    assert refused(await world.here.asks("POST", COMPLETE, json=link)).code == "not_signed_in"
    forged = {"token": "a" * 43}
    assert refused(await world.ada.asks("POST", COMPLETE, json=forged)).code == "link_not_valid"
    assert (await world.ada.asks("POST", COMPLETE, json=link)).status_code == 204
    world.ada.cookie = ""
    assert refused(await world.ada.asks("POST", COMPLETE, json=link)).code == "link_not_valid"


async def test_a_late_link_changes_nothing(world: World) -> None:
    link = await asks_for(world.ada, f"new@{world.here.domain}")
    world.platform.change(
        "UPDATE email_changes SET expires_at = 1 WHERE person_id = ?", world.ada.id
    )
    assert refused(await world.ada.asks("POST", COMPLETE, json=link)).code == "link_not_valid"
    assert (await world.ada.gets("/api/me"))["email"] == address(world.ada)


async def test_an_address_of_somebody_else_is_answered_alike_and_stays_theirs(
    world: World,
) -> None:
    theirs = address(world.ben)
    answer = await world.ada.asks("POST", EMAIL, json={"email": theirs.upper()})
    assert answer.status_code == 202
    assert await mails(world.here, theirs) == []
    new = f"new@{world.here.domain}"
    first, second = await asks_for(world.ada, new), await asks_for(world.ben, new)
    assert (await world.ada.asks("POST", COMPLETE, json=first)).status_code == 204
    assert refused(await world.ben.asks("POST", COMPLETE, json=second)).code == "link_not_valid"
    assert (await world.ben.gets("/api/me"))["email"] == theirs


async def test_an_open_sign_in_link_to_the_old_address_is_worth_nothing(world: World) -> None:
    old = await asks_for_link(world.here, address(world.ada))
    link = await asks_for(world.ada, f"new@{world.here.domain}")
    assert (await world.ada.asks("POST", COMPLETE, json=link)).status_code == 204
    answer = await world.here.asks("POST", "/api/sign-in/complete", **old)
    assert refused(answer).code == "link_not_valid"
