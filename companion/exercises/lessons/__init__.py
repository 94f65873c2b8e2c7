"""The exercises, one module a lesson, named as the lesson's notebook with underscores.

Importing this package imports each of them, which registers its exercises.
"""

from importlib import import_module
from pkgutil import iter_modules

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")
