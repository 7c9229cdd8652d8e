"""A handler that the platform calls straight, for one that is called often and never waits.

The platform calls Python as if every call might wait: on a stack of its own, with a turn of the
event loop. A function of JavaScript in the handler's place it calls as it is: see
docs/decisions/020-frames-come-straight.md.
"""

import itertools
import weakref
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import create_proxy

_objects: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
_numbers = itertools.count()
_ways: dict[str, Any] = {}


def call_straight(owner: Any, name: str) -> None:
    """From now on this handler of a Durable Object is called straight: it must be a plain function.

    JavaScript holds a number and no reference, so nothing keeps an object that the platform drops.
    """
    if name not in _ways:
        _ways[name] = create_proxy(_way(name))
    number = next(_numbers)
    _objects[number] = owner
    bind = js.Function.prototype.call.bind
    handler = bind(_ways[name], None, number)
    handler.callRelaxed = (
        handler  # the two ways in which the platform calls what it takes for Python
    )
    handler.callWithOptions = bind(handler)
    setattr(owner, name, handler)


def _way(name: str) -> Callable[..., Any]:
    def call(number: int, *args: Any) -> Any:
        owner = _objects[number]
        return getattr(type(owner), name)(owner, *args)

    return call
