import doctest
import importlib
import pkgutil

import pytest

import govreport_kit.statistics

MODULES = [module.name for module in pkgutil.iter_modules(govreport_kit.statistics.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_show_what_they_say(name):
    module = importlib.import_module(f"govreport_kit.statistics.{name}")
    assert doctest.testmod(module).failed == 0


def test_every_public_function_cites_its_source():
    functions = {name: getattr(govreport_kit.statistics, name) for name in govreport_kit.statistics.__all__}
    lacking = [
        name
        for name, function in functions.items()
        if name.islower() and callable(function) and ".. [1]" not in (function.__doc__ or "")
    ]
    assert lacking == ["check_interval", "interval_on", "ratio_errors", "t_interval"]
