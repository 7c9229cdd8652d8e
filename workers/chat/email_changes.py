"""Another e-mail address: proven by a link to it, and whatever was signed in is out."""

from fastapi import Request, Response

from access.asker import Anybody
from access.ground import Traveller
from chat import readmitting
from chat.devices import closed
from domain import email_changes as rules
from domain import signing_in
from domain.email_changes import CHANGE_MS, EmailChange
from edge import mail
from edge.clock import new_token, now_ms
from edge.routing import routes
from edge.session import cookie, hashed
from records import api_tokens, email_changes, sessions
from schema.http import LinkSent, UseLink
from schema.identity import NewEmail
from schema.refusals import Refused

router = routes("/api/me/email")


@router.post("", status_code=202)
async def ask_for_change(body: NewEmail, request: Request, who: Anybody) -> LinkSent:
    """Send a link to the new address. The answer is the same where it is somebody's already."""
    token, now, email = new_token(), now_ms(), body.email.lower()
    change = EmailChange(who.person["id"], email, who.host, now + CHANGE_MS)
    if await email_changes.add(who.db, hashed(token), change, now):
        site = signing_in.site(str(request.url), who.host, who.env.STAGE)
        url = f"{site}/settings/email#token={token}"
        await mail.send(who.env, email, *rules.letter(who.name, url), url)
    return LinkSent(email=body.email, expires_in_s=CHANGE_MS // 1000)


@router.post("/complete", status_code=204)
async def change_email(body: UseLink, who: Anybody) -> Response:
    """Use the link, signed in as who asked for it. Refuses: link_not_valid."""
    person, token_hash = who.person, hashed(body.token)
    found = await email_changes.by_hash(who.db, token_hash)
    email = rules.use(found, person["id"], who.host, now_ms())
    if not await email_changes.make(who.db, token_hash, person["id"], person["email"], email):
        raise Refused("link_not_valid")
    await closed(who, await sessions.end_others(who.db, person["id"], ""))
    await end_tokens(who)
    subject, text = rules.farewell(who.name, email)
    await mail.send(who.env, person["email"], subject, text, "")
    return Response(status_code=204, headers={"set-cookie": cookie("")})


async def end_tokens(who: Traveller) -> None:
    """Somebody else may have made one, too. Their sockets close, in each community."""
    for token in await api_tokens.end_all(who.db, who.person["id"]):
        await readmitting.sign_out_of(who, token["community_id"], token["token_hash"])
