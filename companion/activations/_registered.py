"""What activations of numbers and of vectors share: a name, parameters, a place in a registry."""

from __future__ import annotations

import dataclasses
from abc import ABC
from typing import Any, ClassVar, Self, dataclass_transform

from companion.activations._parameter import parameter, whole_parameter

# By every name and alias, of both kinds, so that no name stands for two things.
_holders: dict[str, Registered] = {}


@dataclass_transform(frozen_default=True, field_specifiers=(parameter, whole_parameter))
@dataclasses.dataclass(frozen=True, repr=False)
class Registered(ABC):
    """A frozen dataclass whose subclasses are made and listed by being defined."""

    name: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]] = ()
    #: Key of the defining paper in the course's bibliography.
    reference: ClassVar[str]
    #: Each kind has a registry of its own, by name.
    registry: ClassVar[dict[str, Any]]

    def __init_subclass__(cls, *, register: bool = True, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # repr=False: a subclass keeps the short repr that is defined below.
        dataclasses.dataclass(frozen=True, repr=False)(cls)
        if not register:
            return
        # ABC looks for missing methods only after this hook, when the class would be listed.
        asked = {name for base in cls.__mro__ for name in getattr(base, "__abstractmethods__", ())}
        missing = [name for name in asked if _is_abstract(getattr(cls, name))]
        missing += [name for name in ("name", "reference") if not hasattr(cls, name)]
        if missing:
            raise TypeError(f"{cls.__qualname__} lacks {', '.join(sorted(missing))}")
        instance = cls()
        names = (cls.name, *cls.aliases)
        for name in names:
            holder = _holders.get(name)
            # The same class defined again, by a cell that is run twice, replaces itself.
            if holder is not None and type(holder).__qualname__ != cls.__qualname__:
                raise ValueError(f"the name {name!r} is taken by {type(holder).__qualname__}")
        _holders.update(dict.fromkeys(names, instance))
        cls.registry[cls.name] = instance

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            domain, value = field.metadata["domain"], getattr(self, field.name)
            object.__setattr__(self, field.name, domain.checked(self.name, field.name, value))

    @property
    def parameters(self) -> dict[str, float | str]:
        """The parameters and their values."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    def with_parameters(self, **parameters: float | str) -> Self:
        """Return this activation with some parameters changed.

        Examples
        --------
        >>> from companion.activations import elu, softmax
        >>> elu.with_parameters(alpha=0.5), softmax.with_parameters(axis=0)
        (elu(alpha=0.5), softmax(axis=0))
        """
        if not parameters:
            return self
        unknown = sorted(set(parameters) - set(self.parameters))
        if unknown:
            accepted = ", ".join(self.parameters) or "none"
            raise TypeError(f"{self.name}: unknown parameter {unknown[0]!r}; accepted: {accepted}")
        return dataclasses.replace(self, **parameters)

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        """Return the default instance, then one for each parameter value worth a look.

        Examples
        --------
        >>> from companion.activations import GELU
        >>> GELU.variants()
        (gelu(approximate='none'), gelu(approximate='tanh'), gelu(approximate='sigmoid'))
        """
        instances = [cls()]
        for field in dataclasses.fields(cls):
            for value in field.metadata["domain"].examples:
                instance = cls(**{field.name: value})
                if instance not in instances:
                    instances.append(instance)
        return tuple(instances)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.parameters.items())
        return f"{self.name}({settings})" if settings else self.name


def _is_abstract(attribute: Any) -> bool:
    return getattr(attribute, "__isabstractmethod__", False)
