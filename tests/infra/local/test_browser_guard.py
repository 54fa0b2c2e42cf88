"""A page of another origin that is open in the player's browser gets nothing out of the local cloud, and nothing in."""

import asyncio
import base64
import http.client
import io
import json
import zipfile
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.browser_guard import guard_application

PORT = 4599
OWN = (b"127.0.0.1:4599", b"localhost:4599")
HOST = (b"host", OWN[0])
EVIL = "https://evil.example"
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "bmluZSBsaXZlcywgb25lIQ==",
}


def ask(*headers, kind="http", path="/", replies=()):
    """The messages sent back through a guard of port 4599, and the number of times that the application was asked."""
    sent, asked = [], []

    async def application(scope, receive, send):
        asked.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": list(replies)})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "headers": list(headers)}
    asyncio.run(guard_application(application, PORT)(scope, None, send))
    return sent, len(asked)


def assert_refused(*headers, **more):
    sent, asked = ask(*headers, **more)
    assert (sent[0]["status"], asked) == (403, 0)


def assert_let_in(*headers, **more):
    sent, asked = ask(*headers, **more)
    assert (sent[0]["status"], asked) == (200, 1)


near_misses = st.builds(
    lambda before, own, after: before + own + after,
    st.sampled_from([b"", b"a.", b" ", b"a@", b"http://", b"sync-"]),
    st.sampled_from(OWN),
    st.sampled_from([b"", b".", b"0", b" ", b"/", b", evil.example", b".evil.example", b"@evil.example"]),
)
named = st.sampled_from(
    [b"", b"evil.example", b"evil.example:4599", b"127.0.0.1", b"localhost", b"127.0.0.1:80", b"[::1]:4599", b"0:4599"]
)
foreign_hosts = (st.binary() | named | near_misses).filter(lambda host: host not in OWN)
foreign_origins = (
    st.sampled_from([b"null", b"", b"https://evil.example", b"http://evil.example:4599", b"file://", b"*"])
    | foreign_hosts.map(lambda host: b"http://" + host)
    | st.sampled_from(OWN).map(lambda host: b"https://" + host)
    | st.sampled_from(OWN)
)


@given(foreign_hosts)
def test_a_host_that_is_not_the_clouds_own_is_refused(host):
    assert_refused((b"host", host))


@given(st.sampled_from(OWN), foreign_origins)
def test_an_origin_that_is_not_the_clouds_own_is_refused(host, origin):
    assert_refused((b"host", host), (b"origin", origin))


@pytest.mark.parametrize("site", [b"cross-site", b"same-site", b"", b"what comes after HTTP/2"])
def test_a_request_that_a_foreign_page_makes_without_an_origin_is_refused(site):
    """An image, a script, a link, a form that gets: the browser says nothing but this."""
    assert_refused(HOST, (b"sec-fetch-site", site))


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [HOST, HOST],
        [HOST, (b"host", b"evil.example")],
        [HOST, (b"origin", b"http://127.0.0.1:4599"), (b"origin", b"https://evil.example")],
        [HOST, (b"Origin", b"https://evil.example")],
        [HOST, (b"sec-fetch-site", b"none"), (b"sec-fetch-site", b"cross-site")],
    ],
    ids=["no host", "two hosts", "another host", "two origins", "capitals", "two sites"],
)
def test_headers_that_could_be_read_in_two_ways_are_refused(headers):
    assert_refused(*headers)


@pytest.mark.parametrize("path", ["http://evil.example/", "*", "evil.example:4599", ""])
def test_a_target_that_is_no_path_is_refused(path):
    assert_refused(HOST, path=path)


@pytest.mark.parametrize("path", ["/_ninelives/snapshot", "/_ministack/health"])
def test_the_clouds_own_addresses_are_no_exception(path):
    assert_refused(HOST, (b"origin", b"https://evil.example"), path=path)


@given(st.sampled_from(OWN), foreign_origins)
def test_a_socket_of_a_foreign_page_is_closed_before_it_is_open(host, origin):
    assert ask((b"host", host), (b"origin", origin), kind="websocket") == ([{"type": "websocket.close"}], 0)


@pytest.mark.parametrize("host", OWN)
@pytest.mark.parametrize(
    "more",
    [[], [(b"sec-fetch-site", b"none")], [(b"sec-fetch-site", b"same-origin")]]
    + [[(b"origin", b"http://" + origin)] for origin in OWN],
    ids=["a program", "the address bar", "our page", "our page by address", "our page by name"],
)
def test_programs_and_the_clouds_own_pages_are_let_in(host, more):
    assert_let_in((b"host", host), *more)
    assert_let_in((b"host", host), *more, kind="websocket")


def test_a_refusal_says_where_to_go():
    sent, _ = ask((b"host", b"evil.example"))

    assert "http://127.0.0.1:4599" in json.loads(sent[1]["body"])["message"]


@pytest.mark.parametrize("allowed", [b"*", b"null", b"https://evil.example", b"http://localhost:8000"])
def test_a_reply_is_never_opened_to_another_origin(allowed):
    kept = (b"content-type", b"text/html")
    permissive = [(b"Access-Control-Allow-Origin", allowed), (b"access-control-allow-headers", b"*")]

    assert ask(HOST, replies=[*permissive, kept])[0][0]["headers"] == [kept]


def test_what_the_api_says_to_a_page_of_the_cloud_stays():
    said = [(b"access-control-allow-origin", b"http://localhost:4599"), (b"access-control-max-age", b"600")]

    assert ask(HOST, replies=said)[0][0]["headers"] == said


# The attack itself, on a cloud that runs. A page needs no header of its own: credentials may be in an address, and the
# account's key is no secret.

KEY = {"X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": "000000000000/20260101/us-east-1/any/aws4_request"}


def send(cloud, method, path, body=b"", **headers):
    """Status, headers and body of one request, with `Host` as given or else the right one."""
    connection = http.client.HTTPConnection("127.0.0.1", cloud.home.port, timeout=30)
    try:
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, headers)
        reply = connection.getresponse()
        return reply.status, reply.headers, b"" if reply.status == 101 else reply.read()
    finally:
        connection.close()


def new_function(name, marker):
    """The body that makes a function which leaves `marker` on this machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("main.py", f"def handler(event, context):\n    open({str(marker)!r}, 'w').close()\n")
    code = {"ZipFile": base64.b64encode(packed.getvalue()).decode()}
    role = "arn:aws:iam::000000000000:role/local"
    wish = {"FunctionName": name, "Runtime": "python3.13", "Handler": "main.handler", "Role": role, "Code": code}
    return json.dumps(wish).encode()


def run_code(cloud, name, marker, **headers):
    """Statuses of what a page does to run code here: it needs no preflight, for the body is text/plain."""
    functions, text = "/2015-03-31/functions", {"Content_Type": "text/plain"}
    made = send(cloud, "POST", f"{functions}?{urlencode(KEY)}", new_function(name, marker), **text, **headers)[0]
    called = f"{functions}/{name}/invocations?{urlencode(KEY)}"
    return made, send(cloud, "POST", called, b"{}", **text, **headers)[0]


def own(cloud, name="127.0.0.1"):
    return f"{name}:{cloud.home.port}"


def functions(cloud):
    return {function["FunctionName"] for function in cloud.client("lambda").list_functions()["Functions"]}


def test_the_attack_works_for_who_may_do_it(cloud, tmp_path):
    """Or the tests below would prove nothing."""
    name, marker = cloud.name("own"), tmp_path / "ran"

    assert run_code(cloud, name, marker, Origin=f"http://{own(cloud)}") == (201, 200)
    assert name in functions(cloud) and marker.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "http://localhost:8000"},
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
        {"Host": "evil.example:{port}", "Origin": "http://127.0.0.1:{port}"},
        {"Host": "127.0.0.1.evil.example:{port}"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
    ids=[
        "a page",
        "a sandboxed frame",
        "a page of another local server",
        "a rebound name",
        "a rebound name and its own origin",
        "a rebound name and our origin",
        "a rebound name like ours",
        "a page without an origin",
    ],
)
def test_a_foreign_page_runs_no_code(cloud, tmp_path, headers):
    name, marker = cloud.name("evil"), tmp_path / "ran"
    headers = {key: value.format(port=cloud.home.port) for key, value in headers.items()}

    assert run_code(cloud, name, marker, **headers) == (403, 403)
    assert name not in functions(cloud) and not marker.exists()


def test_an_image_of_a_foreign_page_deploys_no_stack(cloud):
    """A query API takes a whole template in the address of a GET, which names no origin."""
    template = json.dumps({"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}})
    stacks = cloud.client("cloudformation")

    def get(name, site):
        query = urlencode({"Action": "CreateStack", "StackName": name, "TemplateBody": template, **KEY})
        return send(cloud, "GET", f"/?{query}", Sec_Fetch_Site=site)[0]

    mine, evil = cloud.name("own"), cloud.name("evil")
    assert (get(mine, "none"), get(evil, "cross-site")) == (200, 403)
    names = {stack["StackName"] for stack in stacks.describe_stacks()["Stacks"]}
    assert mine in names and evil not in names


def test_a_foreign_page_passes_no_preflight(cloud):
    wish = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "x-amz-target"}
    status, headers, _ = send(cloud, "OPTIONS", "/", Origin=EVIL, **wish)

    assert status == 403
    assert not [name for name in headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["/", "/bucket/index.html", "/_ministack/health", "/_ninelives/cloud"])
def test_no_reply_is_open_to_every_origin(cloud, path):
    for method in ("GET", "HEAD", "OPTIONS"):
        for origin in ({}, {"Origin": f"http://{own(cloud)}"}):
            _, headers, _ = send(cloud, method, path, **origin)
            assert not [name for name in headers if name.lower().startswith("access-control")], (method, origin)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_name_that_was_led_here_reads_nothing(cloud, method):
    for path in ("/", "/_ministack/health", "/_ninelives/cloud"):
        status, _, body = send(cloud, method, path, Host=f"evil.example:{cloud.home.port}")
        assert (status, b"Refused" in body) == (403, method != "HEAD")


def test_a_target_with_another_host_in_it_is_refused(cloud):
    assert send(cloud, "GET", "http://evil.example/_ministack/health", Host=own(cloud))[0] == 403


def test_the_cloud_answers_by_both_its_names(cloud):
    for name in ("127.0.0.1", "localhost"):
        host = own(cloud, name)
        assert send(cloud, "GET", "/_ninelives/cloud", Host=host, Origin=f"http://{host}")[0] == 200


def test_a_socket_opens_to_the_clouds_own_pages_only(cloud):
    api = {"Name": "live", "ProtocolType": "WEBSOCKET", "RouteSelectionExpression": "$request.body.action"}
    stage = {"ApiId": {"Ref": "Api"}, "StageName": "live"}
    made = cloud.stack(
        {
            "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": api},
            "Stage": {"Type": "AWS::ApiGatewayV2::Stage", "Properties": stage},
        }
    )
    path = f"/_aws/execute-api/{made['Api']}/live"

    def shake(**headers):
        return send(cloud, "GET", path, **{key.replace("-", "_"): value for key, value in HANDSHAKE.items()}, **headers)

    assert shake(Origin=f"http://{own(cloud)}")[0] == 101
    assert shake()[0] == 101
    assert shake(Origin=EVIL)[0] == 403
    assert shake(Origin="null")[0] == 403
    assert shake(Host=f"evil.example:{cloud.home.port}")[0] == 403
