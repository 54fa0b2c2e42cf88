"""Files for browsers: a private bucket behind a distribution that also carries the player API, so all is one origin."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.service_stack import ServiceStack

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
"""`index.html` says the same in a meta element, but for `frame-ancestors`, which only a header may say."""
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
API_PATHS, SOCKET_PATHS = "/v1/*", "/live"
"""The WebSocket's path is the name of its stage."""
EDGE_HEADER = "X-Ninelives-Edge"
"""By it the player API knows that the address of the player in X-Forwarded-For is the distribution's word. CloudFront
allows no header that begins with X-Edge-."""


class StaticSite(Construct):
    """A bucket nobody reads but the distribution, and in front of both it and the API one host name with TLS."""

    def __init__(self, stack: ServiceStack, api_id: str, socket_id: str, edge_key: str) -> None:
        super().__init__(stack, "site")
        self._stack = stack
        self.bucket = self._bucket()
        self.distribution = self._distribution(
            {API_PATHS: self._api(api_id, {EDGE_HEADER: edge_key}), SOCKET_PATHS: self._api(socket_id, {})}
        )
        acknowledge(self.bucket, "AwsSolutions::AwsSolutions-S1", "Public files; the distribution is who reads them.")
        for rule, reason in {
            "CFR1": "Players may be anywhere.",
            "CFR2": "Static files and an API that has its own throttle and validation; `firewall` names a web ACL.",
            "CFR3": "The API keeps an access log without addresses; who read a static file is nobody's business.",
            "CFR4": "The default certificate of cloudfront.net; a domain of one's own brings its policy along.",
        }.items():
            acknowledge(self.distribution, f"AwsSolutions::AwsSolutions-{rule}", reason)

    def _bucket(self) -> s3.Bucket:
        deployment = self._stack.deployment
        return s3.Bucket(
            self,
            "Files",
            bucket_name=None if deployment.durable else deployment.name("web"),  # names are global in AWS
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            removal_policy=deployment.named_removal,
        )

    def _distribution(self, apis: dict[str, cloudfront.BehaviorOptions]) -> cloudfront.Distribution:
        files = origins.S3BucketOrigin.with_origin_access_control(self.bucket)
        return cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"Nine Lives ({self._stack.deployment.environment}): the web game and the player API",
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            default_behavior=cloudfront.BehaviorOptions(
                origin=files,
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=self._headers(),
                compress=True,
            ),
            additional_behaviors=apis,
            web_acl_id=self._stack.deployment.firewall or None,
        )

    def _api(self, api_id: str, headers: dict[str, str]) -> cloudfront.BehaviorOptions:
        """One of our APIs, passed through as it is; `headers` say that a request came this way."""
        origin = origins.HttpOrigin(
            f"{api_id}.execute-api.{self._stack.region}.{self._stack.url_suffix}",
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            read_timeout=Duration.seconds(30),
            custom_headers=headers,
        )
        return cloudfront.BehaviorOptions(
            origin=origin,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        )

    def _headers(self) -> cloudfront.ResponseHeadersPolicy:
        policy = "; ".join(f"{kind} {sources}" for kind, sources in CONTENT_SECURITY_POLICY.items())
        return cloudfront.ResponseHeadersPolicy(
            self,
            "Headers",
            response_headers_policy_name=self._stack.deployment.name("web"),
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=policy, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=True
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=Duration.days(365), include_subdomains=True, override=True
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header="Permissions-Policy", value=PERMISSIONS, override=True),
                    cloudfront.ResponseCustomHeader(
                        header="Cross-Origin-Opener-Policy", value="same-origin", override=True
                    ),
                ]
            ),
        )
