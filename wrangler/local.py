"""Generate wrangler's configs in `.build/<worker>/` from the production truth beside this file.

`wrangler.json` is for this machine: the three flags that let workerd take our own Pyodide bundle,
no route, no Workers AI. `deploy.json` is the truth with paths moved and ids filled in.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
WORKERS = ("chat-worker", "ai-chat-worker", "community-worker", "knowledge-bridge-worker")
PAGES = "pages"
LOCAL_FLAGS = ["python_workers", "python_workers_development", "experimental"]
LOCAL_KEYS = {"KV": "vegvisr-chat", "SITE_CONFIGS": "site-configs"}
IDS = ROOT / "wrangler" / "ids.json"
NAMES = ("D1_DATABASE_ID", "KV_NAMESPACE_ID", "SITE_CONFIGS_ID")

Config = dict[str, Any]


class ConfigError(Exception):
    """A config cannot be generated; the text says why in one sentence."""


def read(worker: str, folder: Path = ROOT / "wrangler") -> Config:
    """Return a worker's production config; comments stand on lines of their own."""
    text = (folder / f"{worker}.jsonc").read_text("utf-8")
    config: Config = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    return config


def moved(config: Config, frontend: Path) -> Config:
    """Return the config with paths as seen from `.build/<worker>/`."""
    config = {**config, "main": "src/" + Path(config["main"]).name}
    watched = [f"../{folder}" for folder in config["build"]["watch_dir"]]
    config["build"] = {**config["build"], "watch_dir": watched}
    if "assets" in config:
        config["assets"] = {**config["assets"], "directory": str(frontend)}
    return config


def local(config: Config, frontend: Path) -> Config:
    """Return what runs on this machine: nothing in it reaches the network or needs an account."""
    config = moved(config, frontend)
    config["compatibility_flags"] = LOCAL_FLAGS
    config["vars"] = {**config["vars"], "STAGE": "local"}
    config["d1_databases"] = [
        {**d, "database_id": d["database_name"]} for d in config["d1_databases"]
    ]
    config["kv_namespaces"] = [
        {**k, "id": LOCAL_KEYS[k["binding"]]} for k in config["kv_namespaces"]
    ]
    config.pop("routes", None)
    # The tests and the bench are one network address and few people; guesses are counted as ever.
    for limit in config.get("ratelimits", []):
        if limit["name"] in ("WRITES", "PERSONS"):
            limit["simple"] = {**limit["simple"], "limit": 1_000_000}
    if assets := config.pop("assets", None):
        config["services"].append({"binding": assets["binding"], "service": PAGES})
    if "PLATFORM_HOST" in config["vars"]:
        config["vars"]["PLATFORM_HOST"] = "chat.localhost"
    if config.pop("ai", None):
        config["vars"]["AI_PROVIDER"] = "builtin"
    return config


def pages(config: Config, frontend: Path) -> Config:
    """Return a worker without code that holds the pages of this one on this machine.

    Before a worker with assets wrangler puts its router, a worker too, which every socket would go
    through: 80 kB for each. In production the router is not ours.
    """
    assets = {"directory": str(frontend), "not_found_handling": "none"}
    return {"name": PAGES, "compatibility_date": config["compatibility_date"], "assets": assets}


def deployable(config: Config, frontend: Path, ids: dict[str, str]) -> Config:
    """Return what a deploy uploads; refuse when an id of the account is unknown."""
    text = json.dumps(without_site_configs(moved(config, frontend), ids))
    for name in sorted(set(re.findall(r"\$\{(\w+)\}", text))):
        if not ids.get(name):
            raise ConfigError(
                f"A deploy needs {name}: set it in the environment or in wrangler/ids.json."
            )
        text = text.replace("${" + name + "}", ids[name])
    filled: Config = json.loads(text)
    return filled


def without_site_configs(config: Config, ids: dict[str, str]) -> Config:
    """Return the config without the KV of the existing Vegvisr, where the account has none."""
    keys = [k for k in config["kv_namespaces"] if k["binding"] != "SITE_CONFIGS"]
    return config if ids.get("SITE_CONFIGS_ID") else {**config, "kv_namespaces": keys}


def account_ids(file: Path = IDS) -> dict[str, str]:
    """Return the ids of the account's D1 and KV: the file's, unless the environment has others."""
    ids: dict[str, str] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return ids | {k: v for k, v in os.environ.items() if k in NAMES}


def built_frontend(root: Path = ROOT) -> Path:
    """Return the folder of built pages, or an empty one as long as there is no front end."""
    dist: Path = root / "frontend" / "dist"
    if dist.is_dir():
        return dist
    empty = root / ".build" / "no-frontend"
    empty.mkdir(parents=True, exist_ok=True)
    return empty


def write(name: str, config: Config, build: Path = BUILD) -> Path:
    """Write one config unless it is already so; return its path."""
    path = build / str(config["name"]) / name
    text = json.dumps(config, indent=2) + "\n"
    if not path.is_file() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return path


def write_local(build: Path = BUILD) -> list[Path]:
    """Write the local configs, chat-worker's first: it is the one that answers the port."""
    frontend = built_frontend()
    configs = [*(local(read(w), frontend) for w in WORKERS), pages(read(WORKERS[0]), frontend)]
    return [write("wrangler.json", config, build) for config in configs]


if __name__ == "__main__":
    for written in write_local():
        sys.stdout.write(f"{written}\n")
