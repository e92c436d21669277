"""Attributes that are worked out when they are first read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - it is used as a decorator, like `property`
    """A property that is worked out once.

    `functools.cached_property` does the same under a lock, which in Python 3.11 costs more than most of what is worked
    out here; a run reads some hundred thousand. Nothing here is shared between threads.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any]) -> T: ...

    def __get__(self, instance: object | None, owner: type[Any]) -> Self | T:
        if instance is None:
            return self
        # No data descriptor: from now on the instance's own attribute is found first.
        value = instance.__dict__[self._name] = self._make(instance)
        return value
