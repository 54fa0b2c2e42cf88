"""Behaviour of CloudWatch that the hooks restore."""

import json
import time
from datetime import UTC, datetime, timedelta

EMIT = """
    import json, time
    def handler(event, context):
        print("not json {")
        print(json.dumps({
            "_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [{
                "Namespace": event["namespace"], "Dimensions": [["service"]],
                "Metrics": [{"Name": "Turns", "Unit": "Count"}, {"Name": "Milliseconds"}]}]},
            "service": "gateway", "Turns": 2, "Milliseconds": [10, 30], "campaign_id": "metadata"}))
"""


def statistics(cloud, namespace, name, *statistic, dimensions=()):
    now = datetime.now(UTC)
    points = cloud.client("cloudwatch").get_metric_statistics(
        Namespace=namespace,
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions],
        StartTime=now - timedelta(minutes=5),
        EndTime=now + timedelta(minutes=5),
        Period=600,
        Statistics=list(statistic),
    )["Datapoints"]
    return [tuple(point[key] for key in statistic) for point in points]


def alarm(cloud, namespace, name, dimensions, **more):
    alarm_name = cloud.name("alarm")
    cloud.client("cloudwatch").put_metric_alarm(
        AlarmName=alarm_name,
        Namespace=namespace,
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions],
        Statistic="Maximum",
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        **({"Period": 60} | more),
    )
    return alarm_name


def state(cloud, alarm_name):
    return cloud.client("cloudwatch").describe_alarms(AlarmNames=[alarm_name])["MetricAlarms"][0]["StateValue"]


def test_metrics_in_the_embedded_format_arrive_with_their_dimensions(cloud):
    namespace = cloud.name("space")
    cloud.invoke(cloud.function(EMIT), {"namespace": namespace})
    dimensions = [("service", "gateway")]

    assert statistics(cloud, namespace, "Turns", "Sum", dimensions=dimensions) == [(2.0,)]
    assert statistics(cloud, namespace, "Milliseconds", "SampleCount", "Maximum", dimensions=dimensions) == [
        (2.0, 30.0)
    ]


def test_a_message_in_a_dead_letter_queue_raises_its_alarm_by_itself(cloud):
    url, arn = cloud.queue()
    watching = alarm(cloud, "AWS/SQS", "ApproximateNumberOfMessagesVisible", [("QueueName", arn.split(":")[-1])])
    cloud.client("sqs").send_message(QueueUrl=url, MessageBody="dead")

    assert cloud.until(lambda: state(cloud, watching) == "ALARM")


def test_an_alarm_looks_only_at_the_dimensions_it_names(cloud):
    namespace = cloud.name("space")
    ours = alarm(cloud, namespace, "Errors", [("FunctionName", "ours")])
    theirs = alarm(cloud, namespace, "Errors", [("FunctionName", "theirs")])
    datum = {"MetricName": "Errors", "Value": 5, "Dimensions": [{"Name": "FunctionName", "Value": "theirs"}]}
    cloud.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[datum])

    assert cloud.until(lambda: state(cloud, theirs) == "ALARM")
    assert state(cloud, ours) == "INSUFFICIENT_DATA"


def test_an_alarm_that_takes_silence_for_health_returns_to_ok(cloud):
    namespace = cloud.name("space")
    quiet = alarm(cloud, namespace, "Errors", [], Period=10, TreatMissingData="notBreaching")
    old = datetime.now(UTC) - timedelta(seconds=60)
    datum = {"MetricName": "Errors", "Value": 5, "Timestamp": old}
    cloud.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[datum])
    cloud.client("cloudwatch").set_alarm_state(AlarmName=quiet, StateValue="ALARM", StateReason="test")

    assert cloud.until(lambda: state(cloud, quiet) == "OK")


def test_an_alarm_tells_its_topic(cloud):
    sender = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}
    sns, (url, arn) = cloud.client("sns"), cloud.queue(Policy=json.dumps({"Statement": [{**sender, "Resource": "*"}]}))
    topic = sns.create_topic(Name=cloud.name("topic"))["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    namespace = cloud.name("space")
    loud = alarm(cloud, namespace, "Errors", [], AlarmActions=[topic])
    datum = {"MetricName": "Errors", "Value": 5, "Timestamp": time.time()}
    cloud.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[datum])

    (message,) = cloud.until(lambda: cloud.messages(url))
    told = json.loads(json.loads(message["Body"])["Message"])
    assert (told["AlarmName"], told["NewStateValue"]) == (loud, "ALARM")
