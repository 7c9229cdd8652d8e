"""Chapter "The audit log": what was done stands there, for admins of that community alone."""

import csv
import io
import json

from tests.conformance.answers import refused
from tests.conformance.founding import Community
from tests.conformance.witness import covers


@covers("route GET /api/audit-log", "verb read_audit_log", "limit GET /api/audit-log 200")
@covers("answer GET /api/audit-log refuses not_allowed")
async def test_each_act_stands_in_the_log(town: Community, elsewhere: object) -> None:
    ada, ben, cleo = [await town.client(name) for name in ("ada", "ben", "cleo")]
    for who, role in ((ben, "moderator"), (cleo, "guest"), (ben, "member")):
        assert (await ada.asks("PATCH", f"/api/members/{who.id}", {"role": role})).is_success
    refused(await ben.asks("PATCH", f"/api/members/{cleo.id}", {"role": "admin"}), "not_allowed")
    log = (await ada.gets("/api/audit-log"))["entries"]
    assert [entry["details"]["new"] for entry in log] == ["member", "guest", "moderator"]
    assert {entry["action"] for entry in log} == {"change_role"}
    assert log[1]["actor"] == ada.person and log[1]["target"] == "Cleo" and log[1]["address"]
    first = await ada.gets("/api/audit-log", limit=2)
    rest = await ada.gets("/api/audit-log", cursor=first["next"])
    assert first["entries"] + rest["entries"] == log and rest["next"] is None
    for asked, count in (
        ({"target": ben.id}, 2),
        ({"actor": ben.id}, 0),
        ({"action": "ban_member"}, 0),
        ({"since": log[1]["at"]}, sum(entry["at"] >= log[1]["at"] for entry in log)),
        ({"until": log[1]["at"]}, sum(entry["at"] < log[1]["at"] for entry in log)),
    ):
        assert len((await ada.gets("/api/audit-log", **asked))["entries"]) == count, asked
    refused(await ada.asks("GET", "/api/audit-log", params={"limit": "201"}), "bad_fields")
    refused(await ben.asks("GET", "/api/audit-log"), "not_allowed")


@covers("route GET /api/audit-log/export", "verb export_audit_log")
@covers("answer GET /api/audit-log/export refuses not_allowed")
@covers("limit GET /api/audit-log/export 5000")
async def test_the_log_goes_out_as_a_file(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    ban = {"reason": "=1+1"}
    await ada.posts(f"/api/members/{ben.id}/ban", ban)
    path = "/api/audit-log/export"
    table = await ada.asks("GET", path, params={"format": "csv"})
    assert "attachment" in table.headers["content-disposition"]
    [row] = csv.DictReader(io.StringIO(table.text))
    assert (row["actor"], row["action"], row["target_id"]) == ("Ada", "ban_member", ben.id)
    lines = (await ada.asks("GET", path, params={"format": "jsonl"})).text.splitlines()
    assert [json.loads(line)["action"] for line in lines] == ["export_audit_log", "ban_member"]
    refused(await ada.asks("GET", path, params={"format": "pdf"}), "bad_fields")
    refused(await (await town.client("cleo")).asks("GET", path), "not_allowed")
