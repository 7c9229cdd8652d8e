"""The production truth, and the configs made from it."""

from pathlib import Path

import pytest

from wrangler.local import WORKERS, ConfigError, deployable, local, pages, read, write

PAGES = Path("/pages")
IDS = {"D1_DATABASE_ID": "d1-id", "KV_NAMESPACE_ID": "kv-id"}


def test_all_four_workers_run_on_the_same_runtime() -> None:
    lines = {(c["compatibility_date"], *c["compatibility_flags"]) for c in map(read, WORKERS)}
    assert len(lines) == 1
    ((date, *flags),) = lines
    assert date >= "2026-09-08"
    assert flags == ["python_workers"]


def test_only_chat_worker_has_a_public_address() -> None:
    assert [w for w in WORKERS if read(w).get("routes")] == ["chat-worker"]
    for config in map(read, WORKERS):
        assert config["workers_dev"] is False
        assert config["preview_urls"] is False


def test_all_four_share_one_database_one_kv_and_one_bucket() -> None:
    for config in map(read, WORKERS):
        (d1,), (kv, *_), (r2,) = (
            config[k] for k in ("d1_databases", "kv_namespaces", "r2_buckets")
        )
        assert (d1["binding"], d1["database_name"]) == ("DB", "vegvisr-chat")
        assert kv["binding"] == "KV"
        assert (r2["binding"], r2["bucket_name"]) == ("MEDIA", "chat-media")


def test_who_knows_who_asks_counts_them() -> None:
    """Both workers with routes for people count one person's writes together."""
    counted = [
        limit
        for worker in ("chat-worker", "community-worker")
        for limit in read(worker)["ratelimits"]
        if limit["name"] == "PERSONS"
    ]
    assert len(counted) == 2 and counted[0] == counted[1]
    assert counted[0]["simple"]["limit"] < 1_000
    here = {limit["name"]: limit for limit in local(read("chat-worker"), PAGES)["ratelimits"]}
    assert here["PERSONS"]["simple"]["limit"] >= 1_000_000


def test_chat_worker_is_bound_to_the_other_three_and_to_its_rooms() -> None:
    config = read("chat-worker")
    assert {s["binding"]: s["service"] for s in config["services"]} == {
        "AI_CHAT": "ai-chat-worker",
        "COMMUNITY": "community-worker",
        "KNOWLEDGE": "knowledge-bridge-worker",
    }
    (room,) = config["durable_objects"]["bindings"]
    assert room == {"name": "CHAT_ROOM", "class_name": "ChatRoom"}
    assert "ChatRoom" in config["migrations"][0]["new_sqlite_classes"]


@pytest.mark.parametrize("worker", WORKERS)
def test_a_local_config_needs_no_account_and_no_network(worker: str) -> None:
    config = local(read(worker), PAGES)
    assert config["vars"]["STAGE"] == "local"
    assert "experimental" in config["compatibility_flags"]
    assert "routes" not in config
    assert "ai" not in config
    assert "${" not in str(config)


def test_the_assistant_is_the_built_in_one_here_and_workers_ai_there() -> None:
    truth = read("ai-chat-worker")
    assert local(truth, PAGES)["vars"]["AI_PROVIDER"] == "builtin"
    assert truth["vars"]["AI_PROVIDER"] == "workers-ai"
    assert truth["ai"]["binding"] == "AI"


def test_no_router_for_assets_stands_before_the_sockets_here() -> None:
    config, beside = local(read("chat-worker"), PAGES), pages(read("chat-worker"), PAGES)
    assert "assets" not in config
    assert {"binding": "ASSETS", "service": beside["name"]} in config["services"]
    assert beside["assets"]["directory"] == "/pages"


def test_a_worker_is_built_anew_when_what_it_reads_changes() -> None:
    assert "../../schema" in local(read("community-worker"), PAGES)["build"]["watch_dir"]


def test_making_a_local_config_leaves_the_truth_as_it_was() -> None:
    truth = read("ai-chat-worker")
    local(truth, PAGES)
    assert truth == read("ai-chat-worker")


def test_a_deploy_config_has_the_accounts_ids() -> None:
    config = deployable(read("chat-worker"), PAGES, IDS)
    assert config["d1_databases"][0]["database_id"] == "d1-id"
    assert config["kv_namespaces"][0]["id"] == "kv-id"
    assert config["vars"]["STAGE"] == "production"
    assert config["assets"]["directory"] == "/pages"


def test_the_looks_of_other_hosts_are_bound_where_the_account_has_them() -> None:
    truth = read("chat-worker")
    bound = {k["binding"]: k["id"] for k in local(truth, PAGES)["kv_namespaces"]}
    assert bound == {"KV": "vegvisr-chat", "SITE_CONFIGS": "site-configs"}
    for ids, found in ((IDS, ["KV"]), (IDS | {"SITE_CONFIGS_ID": "s"}, ["KV", "SITE_CONFIGS"])):
        config = deployable(truth, PAGES, ids)
        assert [k["binding"] for k in config["kv_namespaces"]] == found


def test_a_deploy_without_an_id_is_refused_in_one_sentence() -> None:
    ids = {**IDS, "KV_NAMESPACE_ID": ""}
    with pytest.raises(ConfigError, match="A deploy needs KV_NAMESPACE_ID: set it"):
        deployable(read("chat-worker"), PAGES, ids)


def test_an_unchanged_config_is_not_written_again(tmp_path: Path) -> None:
    config = local(read("chat-worker"), PAGES)
    path = write("wrangler.json", config, tmp_path)
    first = path.stat().st_mtime_ns
    write("wrangler.json", config, tmp_path)
    assert path.stat().st_mtime_ns == first
