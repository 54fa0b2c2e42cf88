"""The functions of other services that this one may call."""

from __future__ import annotations

import os
from functools import cache

import boto3

from services.gateway.adapters.service_functions import FUNCTIONS, LambdaFunctions, name_variable
from services.gateway.wiring.clients import make_config


@cache
def service_functions() -> LambdaFunctions:
    names = {request: os.environ.get(name_variable(request), "") for request in FUNCTIONS}
    return LambdaFunctions(boto3.client("lambda", config=make_config(12)), names)
