"""The questions that the stand-in answers, in the shapes of the API that it stands for."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from .books import Books, Thing, Wrong, expire_checkout, open_checkout, refund
from .shapes import shown

KINDS = {
    "checkout/sessions": "checkout.session",
    "payment_intents": "payment_intent",
    "charges": "charge",
    "refunds": "refund",
    "disputes": "dispute",
    "events": "event",
    "balance_transactions": "balance_transaction",
    "payouts": "payout",
}
FILTERS = ("payment_intent", "charge", "payout", "type")
MOST = 100
type Answer = tuple[int, Thing, dict[str, str]]


def decode(text: str) -> Thing:
    """`a[b][0][c]=1` as nested values; lists are told by their numbers."""
    nested: Thing = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        path = re.findall(r"[^\[\]]+", name)
        here = nested
        for part in path[:-1]:
            here = here.setdefault(part, {})
        here[path[-1] if not name.endswith("[]") else str(len(here))] = value
    listed: Thing = _listed(nested)
    return listed


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdecimal() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(each) for key, each in value.items()}


def answer(
    books: Books, *, method: str, path: str, asked: Thing, headers: Any, base: str
) -> Answer:
    """Status, body and headers of one question; a key already used gives its first answer."""
    if not str(headers.get("Authorization", "")).startswith("Bearer rk_test_"):
        return 401, _error("Invalid API key", "api_key_invalid"), {}
    key = headers.get("Idempotency-Key")
    with books.lock:
        if method != "POST" or not key:
            return _attempt(books, method, path, asked, base)
        name = f"idem_{key}"
        asking = json.dumps([path, asked], sort_keys=True)
        try:
            kept = books.get(name)
        except Wrong:
            status, body, extra = _attempt(books, method, path, asked, base)
            if status < 400:
                books.put({"id": name, "object": "key", "asking": asking, "body": body})
            return status, body, extra
        if kept["asking"] != asking:
            told = "Keys for idempotent requests can only be used with the same parameters"
            return 400, _error(told, "idempotency_key_in_use", kind="idempotency_error"), {}
        return 200, kept["body"], {"Idempotent-Replayed": "true"}


def _attempt(books: Books, method: str, path: str, asked: Thing, base: str) -> Answer:
    try:
        return 200, _do(books, method, path.removeprefix("/v1/"), asked, base), {}
    except Wrong as wrong:
        return wrong.status, _error(str(wrong), wrong.code), {}
    except (KeyError, TypeError, ValueError) as error:
        return 400, _error(f"Invalid request: {error}", "parameter_invalid"), {}


def _do(books: Books, method: str, path: str, asked: Thing, base: str) -> Thing:
    if method == "POST":
        return _change(books, path, asked, base)
    expand = asked.get("expand") or []
    if path in KINDS:
        return _list(books, KINDS[path], asked, [each.removeprefix("data.") for each in expand])
    head, _slash, name = path.rpartition("/")
    if head not in KINDS:
        raise Wrong(f"Unrecognized request URL (GET: {path})", status=404)
    return _expanded(books, books.get(name, KINDS[head]), expand)


def _change(books: Books, path: str, asked: Thing, base: str) -> Thing:
    if path == "checkout/sessions":
        return shown(open_checkout(books, asked, base))
    if path == "refunds":
        return shown(refund(books, asked))
    closing = re.fullmatch(r"checkout/sessions/(\w+)/expire", path)
    if closing:
        return shown(expire_checkout(books, books.get(closing[1], "checkout.session")))
    raise Wrong(f"Unrecognized request URL (POST: {path})", status=404)


def _list(books: Books, kind: str, asked: Thing, expand: list[str]) -> Thing:
    since = int((asked.get("created") or {}).get("gte", 0))
    rows = [
        each
        for each in books.all(kind)
        if each["created"] >= since
        and all(_of(each, name) == asked[name] for name in FILTERS if name in asked)
    ]
    if after := asked.get("starting_after"):
        names = [each["id"] for each in rows]
        rows = rows[names.index(after) + 1 :]
    most = min(int(asked.get("limit", 10)), MOST)
    data = [_expanded(books, each, expand) for each in rows[:most]]
    return {
        "object": "list",
        "data": data,
        "has_more": len(rows) > most,
        "url": "/v1/" + next(path for path, name in KINDS.items() if name == kind),
    }


def _of(thing: Thing, name: str) -> Any:
    """What an object says of this name, or what its books know of it."""
    return thing.get(name, thing.get(f"_{name}"))


def _expanded(books: Books, thing: Thing, expand: list[str]) -> Thing:
    """The object with the ones it names in place of their identifiers, along each path."""
    made = shown(thing)
    for path in expand:
        first, _dot, rest = path.partition(".")
        value = made.get(first)
        if isinstance(value, dict):
            value = value["id"]
        if value:
            made[first] = _expanded(books, books.get(value), [rest] if rest else [])
    return made


def _error(message: str, code: str, kind: str = "invalid_request_error") -> Thing:
    return {"error": {"message": message, "code": code, "type": kind}}
