"""JSONata for thousands of turns in one process: what is parsed is kept, and a plain path is followed directly.

For the emulator's interpreter, in the local cloud and in this process alike (`quicken`); AWS has an engine of its own.

Three of five expressions of the turn's definition are plain paths, such as `$scene` or `$states.result.Payload.scene`,
and most parts of the others. Everything else, and every path that meets something other than objects on its way, is
left to the JSONata engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import chain
from operator import is_
from types import SimpleNamespace
from typing import Any

from jsonata.jexception import JException
from jsonata.jsonata import Jsonata
from jsonata.utils import Utils

_PATH = re.compile(r"\$(\w+)((?:\.\w+)*)")
_JSON = frozenset({dict, list, str, int, float, bool, type(None)})
"""Values of exactly these types are their own result; the engine's sequences are lists that are not."""
_WATCHERS = frozenset({"__evaluate_entry", "__evaluate_exit"})
_CONTAINERS = frozenset({dict, list})
_LISTS = frozenset({list, Utils.JList})
_HOLDERS = _LISTS | {dict}
_JSON_OR_LIST = _JSON | {Utils.JList, type(Utils.NULL_VALUE)}
_TAKEN: dict[tuple[Any, ...], list[None]] = {}
"""Functions with the types of arguments, and of what is in their arrays, that they take as they are; and the arguments
that are then left out."""
_NATIVE = (Jsonata.JNativeFunction, Jsonata.JLambda)
_LITERALS = frozenset({"string", "number", "value"})
_MORE = (
    *("predicate", "group", "stages", "keep_array", "keep_singleton_array", "consarray"),
    *("focus", "index", "tuple", "ancestor"),
)
Register = Callable[[Jsonata], None]
EVALUATED = ("_evaluate_jsonata", "_register_sfn_jsonata_functions", "jsonata")
"""Names of the emulator's interpreter that `quicken` replaces."""


class NotPlain(LookupError):
    """An expression that only the engine can evaluate."""


def follow(expression: str, *bindings: Mapping[str, Any]) -> Any:
    """The value of a plain path, which is what JSONata makes of it. Raises NotPlain, also for a value there is not."""
    path = _names(expression)
    bound = next((each for each in bindings if path and path[0] in each), None)
    if bound is None:
        raise NotPlain
    value = _reach(bound[path[0]], path[1:])
    if type(value) not in _JSON:
        raise NotPlain
    return value


class _Frame(Jsonata.Frame):  # type: ignore[misc]
    """Variables. Nobody watches this engine, so it need not look through every frame, twice a part, for who does."""

    def lookup(self, name: str) -> Any:
        if name in _WATCHERS:
            return None
        frame: Any = self
        while frame is not None:
            if name in frame.bindings:
                return frame.bindings[name]
            frame = frame.parent
        return None


class _Engine(Jsonata):  # type: ignore[misc]
    """The engine, with a direct answer to the literals and plain paths that are parts of an expression."""

    environment: Any
    given: set[int]
    """The objects and arrays that plain paths led to, by identity."""

    def create_frame(self, enclosing_environment: Any = None) -> _Frame:
        return _Frame(enclosing_environment)

    def get_per_thread_instance(self) -> _Engine:
        """This one: `parse_once` makes one for each evaluation."""
        return self

    def evaluate(self, input: Any, bindings: Mapping[str, Any] | None = None) -> Any:
        """Variables are taken all together. None of them is a function, which would have to be told its name."""
        if bindings is not None:
            self.environment = self.create_frame(self.environment)
            self.environment.bindings = dict(bindings)
        self.given, self.output_convert_nulls, self.validate_input = set(), False, input is not None
        return self._without_nulls(super().evaluate(input))

    def eval(self, expr: Any, input: Any, environment: Any) -> Any:
        try:
            plain, directly = expr.direct
        except AttributeError:
            plain, directly = expr.direct = _plain_part(expr), _DIRECTLY.get(_kind(expr))
        if plain is not None:
            try:
                value = _reach(environment.lookup(plain[0]), plain[1:]) if plain else expr.value
            except NotPlain:
                value = None
            if value is not None and type(value) in _JSON:
                if type(value) in _CONTAINERS:
                    self.given.add(id(value))
                return value
        if directly is not None:
            return directly(self, expr, input, environment)
        return super().eval(expr, input, environment)

    def _object(self, expr: Any, input: Any, environment: Any) -> Any:
        """An object whose names are written down, each once: nothing is grouped by them."""
        if isinstance(input, list):
            return super().eval(expr, input, environment)
        found = ((name.value, self.eval(value, input, environment)) for name, value in expr.lhs_object)
        return {name: value for name, value in found if value is not None}

    def _array(self, expr: Any, input: Any, environment: Any) -> Any:
        """An array of what its parts are, and of what is in those that are arrays and not written as such."""
        made = Utils.JList()
        for part in expr.expressions:
            value = self.eval(part, input, environment)
            if not isinstance(value, list) or part.value == "[":
                made.extend(() if value is None else (value,))
                continue
            made.extend(value)
            if id(value) in self.given:
                self.given.update(id(each) for each in value if type(each) in _CONTAINERS)
        return made

    def _call(self, expr: Any, input: Any, environment: Any) -> Any:
        """The answer of a function that is not written in the expression. What is wrong with its arguments, the engine
        says."""
        function = environment.lookup(expr.procedure.value)
        if not isinstance(function, _NATIVE):
            return super().eval(expr, input, environment)
        arguments = [self.eval(each, input, environment) for each in expr.arguments or ()]
        try:
            answer = function.call(input, self.validate_arguments(function, arguments, input))
        except JException:
            return super().eval(expr, input, environment)
        if type(answer) is not Utils.JList or not answer.sequence:
            return answer
        return answer if len(answer) > 1 or answer.keep_singleton else next(iter(answer), None)

    def validate_arguments(self, function: Any, args: Any, context: Any) -> Any:
        """A function takes as they are what it took so of the same types."""
        if isinstance(function, Jsonata.JLambda):
            return args
        types = [*map(type, args)]
        inside = [frozenset(map(type, each)) for each, kind in zip(args, types, strict=True) if kind in _LISTS]
        known = (function, *types, *inside)
        if known in _TAKEN:
            return [*args, *_TAKEN[known]]
        made = super().validate_arguments(function, args, context)
        if isinstance(function, Jsonata.JNativeFunction) and _JSON_OR_LIST.issuperset(chain(types, *inside)):
            left_out = made[len(args) :]
            by_context = any(param.context for param in function.signature._params[len(args) :])
            if all(map(is_, made, args)) and not any(each is not None for each in left_out) and not by_context:
                _TAKEN[known] = left_out
        return made

    def _without_nulls(self, value: Any) -> Any:
        """A result with None for the engine's null. What was given is JSON and has none: nobody looks through it."""
        if value is Utils.NULL_VALUE:
            return None
        if type(value) in _HOLDERS and id(value) not in self.given:
            for key, inner in value.items() if type(value) is dict else enumerate(value):
                if inner is Utils.NULL_VALUE:
                    value[key] = None
                elif type(inner) in _HOLDERS:
                    self._without_nulls(inner)
        return value


_DIRECTLY: Mapping[str, Callable[[_Engine, Any, Any, Any], Any]] = {
    "binary": Jsonata.evaluate_binary,
    "condition": Jsonata.evaluate_condition,
    "object": _Engine._object,
    "array": _Engine._array,
    "function": _Engine._call,
}
"""Parts that are evaluated without a look at what else they might be."""


def _plain_part(expr: Any) -> tuple[str, ...] | None:
    """The names of a plain path, none for a literal, and None for every other part of an expression."""
    if expr.type in _LITERALS:
        return None if _has_more(expr) else ()
    steps = expr.steps if expr.type == "path" else [expr]
    if [step.type for step in steps] != ["variable", *["name"] * (len(steps) - 1)] or not steps[0].value.isidentifier():
        return None
    return None if any(map(_has_more, (expr, *steps))) else tuple(step.value for step in steps)


def _kind(expr: Any) -> str:
    """The kind of a part that is evaluated without a look at what else it might be; empty for every other one."""
    if _has_more(expr):
        return ""
    if expr.type == "unary" and expr.value == "{":
        names = [(name.type, name.value) for name, _ in expr.lhs_object]
        written_once = len(set(names)) == len(names) and all(kind == "string" for kind, _ in names)
        return "object" if written_once else ""
    if expr.type == "unary":
        return "array" if expr.value == "[" else ""
    if expr.type == "function":
        return "function" if expr.procedure.type == "variable" and not _has_more(expr.procedure) else ""
    return str(expr.type)


def _has_more(expr: Any) -> bool:
    """Whether there is more to a part than its words: filters, grouping, bindings, or that an array be kept."""
    return any(getattr(expr, name, None) for name in _MORE)


def _reach(value: Any, names: tuple[str, ...]) -> Any:
    """The value at a path through objects. Raises NotPlain."""
    for name in names:
        if type(value) is not dict or name not in value:
            raise NotPlain
        value = value[name]
    return value


def parse_once(expression: str, register: Register) -> Jsonata:
    """An expression to be evaluated once, on this thread. Parsed once in a process; `register` adds functions to it.

    It has no limit of time: the engine counts that from parsing on.
    """
    own = _Engine.__new__(_Engine)
    own.__dict__.update(_parse(expression, register).__dict__)
    Jsonata.CURRENT.jsonata = own  # as parsing does; the engine's functions ask it for the time
    return own


@cache
def _names(expression: str) -> tuple[str, ...]:
    found = _PATH.fullmatch(expression)
    return (found[1], *found[2].split(".")[1:]) if found else ()


@cache
def _parse(expression: str, register: Register) -> Jsonata:
    one = _Engine(expression)
    register(one)
    return one


def quicken(emulator: Any) -> None:
    """Have this module of an interpreter evaluate as said above. Its limit of a second for an expression goes: on a
    busy laptop it would be one of waiting."""
    register, evaluate = emulator._register_sfn_jsonata_functions, emulator._evaluate_jsonata
    emulator._evaluate_jsonata = partial(_evaluate, evaluate)
    emulator._register_sfn_jsonata_functions = _register_nothing
    emulator.jsonata = SimpleNamespace(
        Jsonata=SimpleNamespace(jsonata=lambda expression, timeout=None: parse_once(expression, register)),
        utils=emulator.jsonata.utils,
    )


def _evaluate(
    engine: Callable[..., Any], expression: str, given: Any, ctx: Any = None, result: Any = None, error: Any = None
) -> Any:
    states = {"input": given, "result": result, "errorOutput": error, "context": ctx or {}}
    try:
        return follow(expression, {"states": states}, (ctx or {}).get("variables", {}))
    except NotPlain:
        return engine(expression, given, ctx, result, error)


def _register_nothing(engine: Jsonata) -> None:
    """`parse_once` has registered the functions."""


def snapshot(context: Any) -> Any:
    """A copy as deep as an interpreter writes: the fields of a context and its variables. Values are never changed."""
    if type(context) is not dict:
        return context
    return {name: dict(value) if type(value) is dict else value for name, value in context.items()}
