"""Queues after a change of NINELIVES_PORT."""

import json

import pytest

from infra.local import emulator
from infra.local.home import ACCOUNT, Home

FORWARDER = """
import os
import boto3
def handler(event, context):
    for record in event["Records"]:
        boto3.client("sqs").send_message(QueueUrl=os.environ["NEXT_QUEUE_URL"], MessageBody=record["body"])
"""


@pytest.fixture
def moved(restartable, unused_port):
    """Restarts the cloud on another port and returns it as it is then."""
    clouds = []

    def move():
        emulator.stop(restartable.home)
        cloud = type(restartable)(Home(restartable.home.path, unused_port()), restartable.scratch)
        emulator.start(cloud.home)
        clouds.append(cloud)
        return cloud

    yield move
    for cloud in clouds:
        emulator.stop(cloud.home)


def test_a_message_is_still_consumed_and_sent_on_after_a_move(restartable, moved):
    (first, first_arn), (last, _) = restartable.queue(), restartable.queue()
    function = restartable.function(FORWARDER, Environment={"Variables": {"NEXT_QUEUE_URL": last}})
    restartable.client("lambda").create_event_source_mapping(FunctionName=function, EventSourceArn=first_arn)
    cloud = moved()
    cloud.client("sqs").send_message(QueueUrl=first, MessageBody="meow")

    assert [message["Body"] for message in cloud.until(lambda: cloud.messages(last))] == ["meow"]


def test_every_place_that_names_a_queue_names_its_new_address(restartable, moved):
    resources = {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Address": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "Queue"}}},
    }
    made = restartable.stack(resources)
    function = restartable.function("", Environment={"Variables": {"QUEUE_URL": made["Queue"]}})
    cloud = moved()
    name = made["Queue"].rsplit("/", 1)[1]
    new = f"{cloud.home.endpoint}/{ACCOUNT}/{name}"

    assert cloud.client("sqs").list_queues()["QueueUrls"] == [new]
    assert cloud.client("sqs").get_queue_url(QueueName=name)["QueueUrl"] == new
    assert cloud.client("ssm").get_parameter(Name=made["Address"])["Parameter"]["Value"] == new
    configuration = cloud.client("lambda").get_function_configuration(FunctionName=function)
    assert configuration["Environment"]["Variables"] == {"QUEUE_URL": new}


def test_a_stack_changes_and_deletes_the_queue_it_made_before_the_move(restartable, moved):
    made = restartable.stack({"Queue": {"Type": "AWS::SQS::Queue"}})
    restartable.client("sqs").send_message(QueueUrl=made["Queue"], MessageBody="meow")
    (stack,) = restartable.client("cloudformation").list_stacks()["StackSummaries"]
    cloud = moved()
    cloudformation, sqs, name = cloud.client("cloudformation"), cloud.client("sqs"), stack["StackName"]
    slower = {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 77}}}
    cloudformation.update_stack(StackName=name, TemplateBody=json.dumps({"Resources": slower}))
    cloud.until(lambda: cloud.stack_status(name) == "UPDATE_COMPLETE")

    (url,) = sqs.list_queues()["QueueUrls"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    assert attributes == {"VisibilityTimeout": "77"}
    assert [message["Body"] for message in cloud.messages(url)] == ["meow"]
    cloudformation.delete_stack(StackName=name)
    cloud.until(lambda: not sqs.list_queues().get("QueueUrls"))
