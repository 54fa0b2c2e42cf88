"""The functions of other services that this one may call."""

from __future__ import annotations

import os
from functools import cache

from services.gateway.adapters.service_functions import FUNCTIONS, LambdaFunctions, name_variable
from stagekit.clients import client


@cache
def service_functions() -> LambdaFunctions:
    names = {request: os.environ.get(name_variable(request), "") for request in FUNCTIONS}
    return LambdaFunctions(client("lambda", read=12, tries=3), names)
