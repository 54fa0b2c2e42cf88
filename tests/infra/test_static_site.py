"""The web game in AWS: one address with TLS, files that only the distribution reads, pages that run only our code."""

from __future__ import annotations

import re
from typing import Any

import pytest

from infra.constructs.deployment import Deployment
from infra.errors import UserError
from infra.web.files import WEB
from tests.infra.templates import Cloud, Resource, read
from tests.support.assemblies import shared_assembly

OPTIMISED, DISABLED = "658327ea-f89d-4fab-a63d-7e88639e58f6", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
"""AWS's managed cache policies, the same in every account."""
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/ninelives-prod/5b4fc1d0-1c2e-4f63-9e0e-7c1f4e7a9d11"
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
WITHOUT_DEFAULT = ("base-uri", "form-action")
"""Directives for which `default-src` does not speak."""

Properties = dict[str, Any]


def only(cloud: Cloud, kind: str) -> Resource:
    [found] = [each for each in cloud.all(kind) if each.stack == "web"]
    return found


@pytest.fixture
def distribution(aws: Cloud) -> Properties:
    found: Properties = only(aws, "AWS::CloudFront::Distribution").properties["DistributionConfig"]
    return found


@pytest.fixture
def headers(aws: Cloud) -> Properties:
    policy = only(aws, "AWS::CloudFront::ResponseHeadersPolicy").properties["ResponseHeadersPolicyConfig"]
    found: Properties = policy["SecurityHeadersConfig"]
    return found


def directives(policy: str) -> dict[str, str]:
    parts = (each.strip().partition(" ") for each in policy.split(";"))
    return {name: sources for name, _, sources in parts}


def origin_of(distribution: Properties, behavior: Properties) -> Properties:
    found: Properties = {each["Id"]: each for each in distribution["Origins"]}[behavior["TargetOriginId"]]
    return found


# The bucket


def test_the_bucket_is_closed_to_the_public(aws: Cloud) -> None:
    bucket = only(aws, "AWS::S3::Bucket").properties

    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert "WebsiteConfiguration" not in bucket and "AccessControl" not in bucket


def test_only_this_distribution_may_read_and_nobody_may_write_or_list(aws: Cloud) -> None:
    policy = only(aws, "AWS::S3::BucketPolicy").properties["PolicyDocument"]
    [allowed] = [each for each in policy["Statement"] if each["Effect"] == "Allow"]

    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Action"] == "s3:GetObject"
    source = allowed["Condition"]["StringEquals"]["AWS:SourceArn"]["Fn::Join"][1]
    assert source[-1] == {"Ref": only(aws, "AWS::CloudFront::Distribution").id}


def test_the_bucket_refuses_whoever_comes_without_tls(aws: Cloud) -> None:
    policy = only(aws, "AWS::S3::BucketPolicy").properties["PolicyDocument"]
    [refused] = [each for each in policy["Statement"] if each["Effect"] == "Deny"]

    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert (refused["Action"], refused["Principal"]) == ("s3:*", {"AWS": "*"})
    assert len(refused["Resource"]) == 2  # the bucket, and all that is in it


def test_the_distribution_signs_what_it_asks_of_the_bucket(aws: Cloud, distribution: Properties) -> None:
    control = only(aws, "AWS::CloudFront::OriginAccessControl")
    files = origin_of(distribution, distribution["DefaultCacheBehavior"])

    assert files["OriginAccessControlId"] == {"Fn::GetAtt": [control.id, "Id"]}
    settings = control.properties["OriginAccessControlConfig"]
    assert (settings["SigningBehavior"], settings["SigningProtocol"]) == ("always", "sigv4")


# The distribution


def test_files_are_cached_and_compressed_and_never_sent_without_tls(distribution: Properties) -> None:
    files = distribution["DefaultCacheBehavior"]

    assert files["CachePolicyId"] == OPTIMISED
    assert files["Compress"] is True
    assert files["ViewerProtocolPolicy"] == "redirect-to-https"
    assert "AllowedMethods" not in files  # so GET and HEAD
    assert distribution["DefaultRootObject"] == "index.html"


def test_api_and_socket_are_of_the_same_origin_and_pass_through_untouched(distribution: Properties) -> None:
    apis = {each["PathPattern"]: each for each in distribution["CacheBehaviors"]}

    assert apis.keys() == {"/v1/*", "/live"}
    for api in apis.values():
        assert api["CachePolicyId"] == DISABLED
        assert api["OriginRequestPolicyId"] == ALL_VIEWER_EXCEPT_HOST
        assert api["ViewerProtocolPolicy"] == "https-only"
        assert "ResponseHeadersPolicyId" not in api
        origin = origin_of(distribution, api)["CustomOriginConfig"]
        assert (origin["OriginProtocolPolicy"], origin["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])


def test_each_path_leads_to_its_own_api(distribution: Properties) -> None:
    hosts = {
        each["PathPattern"]: origin_of(distribution, each)["DomainName"]["Fn::Join"][1][0]
        for each in distribution["CacheBehaviors"]
    }

    assert hosts == {"/v1/*": {"Ref": "GatewayApiId"}, "/live": {"Ref": "GatewayWsApiId"}}


def test_an_answer_comes_before_the_distribution_gives_up(aws: Cloud, distribution: Properties) -> None:
    api = next(each for each in distribution["CacheBehaviors"] if each["PathPattern"] == "/v1/*")
    patience = origin_of(distribution, api)["CustomOriginConfig"]["OriginReadTimeout"]

    assert patience > aws.function("gateway/api").properties["Timeout"]


def test_a_firewall_stands_before_pages_and_api_when_one_is_named(tmp_path_factory, distribution: Properties) -> None:
    walled = read(shared_assembly(tmp_path_factory, "walled", target="aws", only="web", firewall=WEB_ACL))

    assert only(walled, "AWS::CloudFront::Distribution").properties["DistributionConfig"]["WebACLId"] == WEB_ACL
    assert "WebACLId" not in distribution


@pytest.mark.parametrize(
    "named", ["on", WEB_ACL.replace("us-east-1", "eu-west-1"), WEB_ACL.replace("global", "regional")]
)
def test_what_cannot_stand_before_a_distribution_is_no_firewall(named: str) -> None:
    with pytest.raises(UserError, match="a web ACL for CloudFront, which is in us-east-1"):
        Deployment.from_context({"target": "aws", "firewall": named}, {})


# The headers


def test_pages_run_our_code_and_talk_to_our_origin_only(headers: Properties) -> None:
    policy = headers["ContentSecurityPolicy"]
    found = directives(policy["ContentSecurityPolicy"])

    assert policy["Override"] is True
    assert found["default-src"] == found["base-uri"] == found["frame-ancestors"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["connect-src"] == "'self'"
    assert not re.search(r"unsafe|\*|https?:", policy["ContentSecurityPolicy"])


@pytest.mark.parametrize("page", sorted(path.name for path in WEB.glob("*.html")))
def test_a_page_itself_allows_no_more_for_where_no_distribution_is(page: str, headers: Properties) -> None:
    sent = directives(headers["ContentSecurityPolicy"]["ContentSecurityPolicy"])
    [said] = [directives(each) for each in META.findall((WEB / page).read_text())]

    assert said.items() <= sent.items()
    assert said.keys() >= {"default-src", *WITHOUT_DEFAULT}


def test_browsers_guess_no_types_frame_no_page_tell_no_referrer_and_keep_to_tls(headers: Properties) -> None:
    transport = headers["StrictTransportSecurity"]

    assert headers["ContentTypeOptions"] == {"Override": True}
    assert headers["FrameOptions"]["FrameOption"] == "DENY"
    assert headers["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
    assert transport["AccessControlMaxAgeSec"] >= 31_536_000 and transport["IncludeSubdomains"] is True


def test_files_carry_these_headers(aws: Cloud, distribution: Properties) -> None:
    policy = only(aws, "AWS::CloudFront::ResponseHeadersPolicy")

    assert distribution["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == {"Ref": policy.id}


# Names


def test_what_publishing_needs_is_published_under_the_names_it_asks_for(aws: Cloud) -> None:
    names = {each.properties["Name"]: each.properties["Value"] for each in aws.all("AWS::SSM::Parameter")}
    distribution = only(aws, "AWS::CloudFront::Distribution").id

    assert names["/ninelives/prod/web/bucket"] == {"Ref": only(aws, "AWS::S3::Bucket").id}
    assert names["/ninelives/prod/web/distribution"] == {"Ref": distribution}
    assert names["/ninelives/prod/web/domain"] == {"Fn::GetAtt": [distribution, "DomainName"]}
