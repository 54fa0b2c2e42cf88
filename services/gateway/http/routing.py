"""From a method and a path to the function that serves them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Concatenate, Generic, TypeVar

from services.gateway.domain.rejections import Rejection
from services.gateway.http import problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.paths import PUBLIC_PATHS

Dependencies = TypeVar("Dependencies")
Serve = Callable[Concatenate[HttpRequest, Dependencies, ...], HttpResponse]
Routes = Mapping[str, Mapping[str, Serve[Dependencies]]]
"""By pattern of the path and by method. Named groups of the pattern are arguments of the function."""


@dataclass(frozen=True)
class Router(Generic[Dependencies]):
    """The routes that one function serves. `elsewhere`: the methods of paths that another function serves."""

    routes: Routes[Dependencies]
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def serve(self, request: HttpRequest, deps: Dependencies) -> HttpResponse:
        """Answer a request. Whatever the client did wrong is a problem; only our own failures raise."""
        try:
            return self._dispatch(request, deps)
        except problems.ProblemError as error:
            return error.response()
        except Rejection as rejection:
            return problems.to_problem(rejection).response()

    def _dispatch(self, request: HttpRequest, deps: Dependencies) -> HttpResponse:
        for pattern, methods in self.routes.items():
            found = re.fullmatch(pattern, request.path)
            if found is None:
                continue
            serve = methods.get(request.method)
            if serve is None:
                raise problems.METHOD_NOT_ALLOWED.error(methods=tuple(methods))
            if request.caller is None and pattern not in PUBLIC_PATHS:
                raise problems.UNAUTHENTICATED.error()
            return serve(request, deps, **found.groupdict())
        raise self._explain_missing(request)

    def _explain_missing(self, request: HttpRequest) -> Exception:
        allowed = next((self.elsewhere[each] for each in self.elsewhere if re.fullmatch(each, request.path)), None)
        if allowed is None:
            return problems.NOT_FOUND.error(what="resource")
        if request.method in allowed:
            return LookupError(f"{request.method} {request.path} reached the wrong function")
        return problems.METHOD_NOT_ALLOWED.error(methods=allowed)
