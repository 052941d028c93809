"""Statistics as pure functions of counts, each with its source.

scipy asks numpy for all that it has, and so loads numpy's Fortran compiler, its test tools and more that nobody here needs, a
third of the start of a command. They are loaded when somebody looks into them.
"""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec

import numpy


def _defer(part: str) -> None:
    name = f"numpy.{part}"
    spec = find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    setattr(numpy, part, sys.modules[name])


for _part in ("ctypeslib", "f2py", "ma", "polynomial", "testing", "typing"):
    _defer(_part)
