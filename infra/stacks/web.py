"""The web game: where its files lie, and the one address under which players find both it and the API."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.constructs.service_stack import ServiceStack
from infra.constructs.static_site import StaticSite


class WebStack(ServiceStack):
    """The web game's bucket and distribution. `infra/web` puts the files there."""

    service = "web"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        site = StaticSite(
            self,
            api_id=self.name_of("gateway", "api-id"),
            socket_id=self.name_of("gateway", "ws-api-id"),
            edge_key=self.name_of("gateway", "edge-key"),
        )
        self.publish("bucket", site.bucket.bucket_name)
        self.publish("distribution", site.distribution.distribution_id)
        self.publish("domain", site.distribution.distribution_domain_name)
        cdk.CfnOutput(self, "WebUrl", value=f"https://{site.distribution.distribution_domain_name}/")
