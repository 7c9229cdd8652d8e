"""Another e-mail address."""

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.founding import Community
from tests.conformance.witness import covers

EMAIL = "/api/me/email"


@covers("limit NewEmail.email 254")
async def test_a_new_address_has_at_most_254_characters(town: Community) -> None:
    ada, rest = await town.client("ada"), "@conformance.example"
    longest = "a" * (254 - len(rest)) + rest
    assert (await ada.posts(EMAIL, {"email": longest}))["email"] == longest
    refused(await ada.asks("POST", EMAIL, {"email": f"a{longest}"}), "bad_fields")


@covers("route POST /api/me/email", "route POST /api/me/email/complete")
@covers("number CHANGE_MS", "number CHANGES_AT_ONCE")
@covers("answer POST /api/me/email/complete refuses link_not_valid")
async def test_an_address_is_changed_by_its_own_link(town: Community) -> None:
    ada, ben, new = await town.client("ada"), await town.client("ben"), town.email("new")
    told = await ada.posts(EMAIL, {"email": new})
    assert told == {"email": new, "expires_in_s": document.number("CHANGE_MS") // 1000}
    for _ in range(document.number("CHANGES_AT_ONCE")):
        await ada.posts(EMAIL, {"email": new})
    assert len(await ada.mails(new)) == document.number("CHANGES_AT_ONCE")
    token = {"token": await ada.token(new)}
    refused(await ben.asks("POST", f"{EMAIL}/complete", token), "link_not_valid")
    socket = await ada.opens(town.rooms["quay"])
    done = await ada.asks("POST", f"{EMAIL}/complete", token)
    assert done.headers["set-cookie"].startswith("__Host-session=;")
    assert await socket.closed() == (4001, "signed_out")
    refused(await ada.asks("GET", "/api/me"), "not_signed_in")
    again = await town.front.stranger().signs_in(new)
    assert again.id == ada.id
