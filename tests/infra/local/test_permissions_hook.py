"""A function may do what its role allows, and the cloud remembers what each one asked for."""

import http.client
import json

import pytest

from infra.local import emulator

ASKS = """
import boto3

def handler(event, context):
    try:
        client = boto3.client(event["service"])
        getattr(client, event["call"])(**event["with"])
    except Exception as error:
        return getattr(error, "response", {}).get("Error", {}).get("Code", repr(error))
"""
ITEM = {"pk": {"S": "tom"}}


@pytest.fixture(scope="module")
def table(cloud):
    name = cloud.name("table")
    cloud.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture(scope="module")
def asking(cloud, table):
    """Has a function with a role for these actions on the table make a call; returns the error's code, if any."""

    def ask(call, *actions, service="dynamodb", on=None, **arguments):
        allowed = {"Effect": "Allow", "Action": list(actions), "Resource": on or arn(table)}
        role = cloud.role({"Statement": [allowed]})
        ask.function = cloud.function(ASKS, Role=role)
        answer, failed = cloud.invoke(ask.function, {"service": service, "call": call, "with": arguments})
        assert not failed, answer
        return answer

    return ask


def arn(table):
    return f"arn:aws:dynamodb:us-east-1:000000000000:table/{table}"


def recall(cloud, kind):
    return [tuple(call) for call in emulator.ask(cloud.home, "/_ninelives/calls")[kind]]


def test_what_its_role_allows_is_done_and_remembered(cloud, table, asking):
    assert asking("put_item", "dynamodb:PutItem", TableName=table, Item=ITEM) is None

    call = (asking.function, "dynamodb:PutItem", arn(table))
    assert call in recall(cloud, "allowed") and call not in recall(cloud, "denied")


def test_what_its_role_does_not_allow_is_denied_and_remembered(cloud, table, asking):
    asked = {"TableName": table, "Key": ITEM}

    assert asking("delete_item", "dynamodb:PutItem", **asked) == "AccessDeniedException"
    assert (asking.function, "dynamodb:DeleteItem", arn(table)) in recall(cloud, "denied")


def test_a_grant_that_is_taken_away_is_gone_with_the_next_call(cloud, table, asking):
    asked = {"TableName": table, "Item": ITEM}
    assert asking("put_item", "dynamodb:PutItem", **asked) is None

    role = cloud.client("lambda").get_function_configuration(FunctionName=asking.function)["Role"]
    cloud.client("iam").delete_role_policy(RoleName=role.rpartition("/")[2], PolicyName="all")

    again = {"service": "dynamodb", "call": "put_item", "with": asked}
    assert cloud.invoke(asking.function, again)[0] == "AccessDeniedException"


def test_a_grant_on_one_table_is_none_on_another(cloud, table, asking):
    elsewhere = arn("another")

    asked = {"TableName": table, "Key": ITEM}
    assert asking("get_item", "dynamodb:GetItem", on=elsewhere, **asked) == "AccessDeniedException"


def test_a_transaction_takes_what_each_of_its_items_takes(cloud, table, asking):
    writes = [
        {"Put": {"TableName": table, "Item": ITEM}},
        {"Delete": {"TableName": table, "Key": {"pk": {"S": "kit"}}}},
    ]

    assert asking("transact_write_items", "dynamodb:PutItem", TransactItems=writes) == "AccessDeniedException"
    both = ("dynamodb:PutItem", "dynamodb:DeleteItem")
    assert asking("transact_write_items", *both, TransactItems=writes) is None


def test_an_insert_of_partiql_takes_an_action_of_its_own(cloud, table, asking):
    statements = [{"Statement": f"INSERT INTO \"{table}\" VALUE {{'pk': '{name}'}}"} for name in ("a", "b")]

    assert asking("batch_execute_statement", "dynamodb:PutItem", Statements=statements) == "AccessDeniedException"
    assert asking("batch_execute_statement", "dynamodb:PartiQLInsert", Statements=statements) is None
    assert (asking.function, "dynamodb:PartiQLInsert", arn(table)) in recall(cloud, "allowed")


def test_every_table_of_a_batch_is_asked_about(cloud, table, asking):
    other = cloud.name("other")
    keys = {"Keys": [ITEM]}

    asked = {"RequestItems": {table: keys, other: keys}}
    assert asking("batch_get_item", "dynamodb:BatchGetItem", **asked) == "AccessDeniedException"


def test_a_queue_that_refuses_plain_http_is_reached(cloud, asking):
    """Loopback stands for TLS, as it does for a browser."""
    url, queue = cloud.queue()
    refuses = {
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "sqs:*",
                "Resource": queue,
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ]
    }
    cloud.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(refuses)})

    asked = {"QueueUrl": url, "MessageBody": "meow"}
    assert asking("send_message", "sqs:SendMessage", service="sqs", on=queue, **asked) is None


def test_whoever_has_no_credentials_is_asked_for_them(cloud):
    assert ask_unsigned(cloud, "POST", "/", {"X-Amz-Target": "DynamoDB_20120810.ListTables"}) == 400


def test_files_are_read_by_anybody_and_neither_listed_nor_changed(cloud):
    bucket = cloud.name("bucket")
    cloud.client("s3").create_bucket(Bucket=bucket)
    cloud.client("s3").put_object(Bucket=bucket, Key="js/main.js", Body=b"meow()")

    assert ask_unsigned(cloud, "GET", f"/{bucket}/js/main.js") == 200
    assert ask_unsigned(cloud, "GET", f"/{bucket}") == 403
    assert ask_unsigned(cloud, "PUT", f"/{bucket}/js/main.js") == 403
    assert ask_unsigned(cloud, "DELETE", f"/{bucket}/js/main.js") == 403


def ask_unsigned(cloud, method, path, headers=None):
    """The status of a request without credentials."""
    connection = http.client.HTTPConnection("127.0.0.1", cloud.home.port, timeout=30)
    try:
        connection.request(method, path, b"{}" if method in ("POST", "PUT") else None, headers or {})
        return connection.getresponse().status
    finally:
        connection.close()
