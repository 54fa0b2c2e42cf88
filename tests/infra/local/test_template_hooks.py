"""Behaviour of CloudFormation and API Gateway that the hooks restore."""

import json
import urllib.request

from infra.local.hooks.cloudformation import resource_types


def test_a_template_may_declare_an_event_archive(cloud):
    bus = {"Type": "AWS::Events::EventBus", "Properties": {"Name": cloud.name("bus")}}
    archive = {
        "Type": "AWS::Events::Archive",
        "Properties": {
            "ArchiveName": cloud.name("archive"),
            "SourceArn": {"Fn::GetAtt": ["Bus", "Arn"]},
            "RetentionDays": 30,
            "EventPattern": {"source": [{"prefix": "ninelives."}]},
        },
    }
    ids = cloud.stack({"Bus": bus, "Archive": archive})
    put = {"EventBusName": ids["Bus"], "DetailType": "Meowed.v1", "Detail": "{}"}
    cloud.client("events").put_events(Entries=[{**put, "Source": "ninelives.cat"}, {**put, "Source": "dog"}])

    found = cloud.client("events").describe_archive(ArchiveName=ids["Archive"])
    assert (found["RetentionDays"], found["EventCount"]) == (30, 1)


def test_an_archive_that_changes_keeps_its_events(cloud):
    bus = {"Type": "AWS::Events::EventBus", "Properties": {"Name": cloud.name("bus")}}
    name = cloud.name("archive")

    def template(days):
        properties = {"ArchiveName": name, "SourceArn": {"Fn::GetAtt": ["Bus", "Arn"]}, "RetentionDays": days}
        return json.dumps({"Resources": {"Bus": bus, "A": {"Type": "AWS::Events::Archive", "Properties": properties}}})

    cloudformation, stack = cloud.client("cloudformation"), cloud.name("stack")
    cloudformation.create_stack(StackName=stack, TemplateBody=template(1))
    cloud.until(lambda: cloud.stack_status(stack) == "CREATE_COMPLETE")
    entry = {"EventBusName": bus["Properties"]["Name"], "Source": "cat", "DetailType": "Meowed.v1", "Detail": "{}"}
    cloud.client("events").put_events(Entries=[entry])
    cloudformation.update_stack(StackName=stack, TemplateBody=template(7))
    cloud.until(lambda: cloud.stack_status(stack) == "UPDATE_COMPLETE")

    found = cloud.client("events").describe_archive(ArchiveName=name)
    assert (found["RetentionDays"], found["EventCount"]) == (7, 1)


def test_a_composite_alarm_of_a_template_follows_its_children(cloud):
    alarm, composite = cloud.name("alarm"), cloud.name("composite")
    child = {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": alarm,
            "Namespace": cloud.name("space"),
            "MetricName": "Hisses",
            "Statistic": "Sum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": 1,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        },
    }
    parent = {
        "Type": "AWS::CloudWatch::CompositeAlarm",
        "DependsOn": ["Child"],
        "Properties": {"AlarmName": composite, "AlarmRule": f'ALARM("{alarm}")'},
    }
    cloud.stack({"Child": child, "Parent": parent})
    cloudwatch = cloud.client("cloudwatch")
    cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="test")

    described = cloudwatch.describe_alarms(AlarmNames=[composite], AlarmTypes=["CompositeAlarm"])
    assert described["CompositeAlarms"][0]["StateValue"] == "ALARM"


def test_an_alarm_on_metric_math_is_taken_and_stays_silent(cloud):
    name, space = cloud.name("alarm"), cloud.name("space")
    metric = {"Metric": {"Namespace": space, "MetricName": "Hisses"}, "Period": 60, "Stat": "Sum"}
    properties = {
        "AlarmName": name,
        "Metrics": [
            {"Id": "twice", "Expression": "2 * hisses"},
            {"Id": "hisses", "MetricStat": metric, "ReturnData": False},
        ],
        "EvaluationPeriods": 1,
        "Threshold": 1,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    }
    cloud.stack({"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}})
    cloudwatch = cloud.client("cloudwatch")
    cloudwatch.put_metric_data(Namespace=space, MetricData=[{"MetricName": "Hisses", "Value": 9}])

    def state():
        return cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]

    cloud.until(lambda: state() == "OK")


def test_a_template_may_declare_a_saved_log_query(cloud):
    query = {"Type": "AWS::Logs::QueryDefinition", "Properties": {"Name": "turns", "QueryString": "fields @message"}}

    assert cloud.stack({"Query": query})["Query"]


def test_a_web_socket_route_may_have_a_route_response(cloud):
    api = {
        "Type": "AWS::ApiGatewayV2::Api",
        "Properties": {
            "Name": "push",
            "ProtocolType": "WEBSOCKET",
            "RouteSelectionExpression": "$request.body.action",
        },
    }
    route = {"Type": "AWS::ApiGatewayV2::Route", "Properties": {"ApiId": {"Ref": "Api"}, "RouteKey": "$default"}}
    response = {
        "Type": "AWS::ApiGatewayV2::RouteResponse",
        "Properties": {"ApiId": {"Ref": "Api"}, "RouteId": {"Ref": "Route"}, "RouteResponseKey": "$default"},
    }

    assert cloud.stack({"Api": api, "Route": route, "Response": response})["Response"]


def test_a_browser_of_an_allowed_origin_passes_the_preflight(cloud):
    origin = f"http://localhost:{cloud.home.port}"
    cors = {"AllowOrigins": [origin], "AllowMethods": ["POST"], "AllowHeaders": ["idempotency-key"], "MaxAge": 60}
    api = {
        "Type": "AWS::ApiGatewayV2::Api",
        "Properties": {"Name": "web", "ProtocolType": "HTTP", "CorsConfiguration": cors},
    }
    stage = {"Type": "AWS::ApiGatewayV2::Stage", "Properties": {"ApiId": {"Ref": "Api"}, "StageName": "$default"}}
    api_id = cloud.stack({"Api": api, "Stage": stage})["Api"]
    request = urllib.request.Request(
        f"{cloud.home.endpoint}/_aws/execute-api/{api_id}/$default/v1/campaigns",
        method="OPTIONS",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "idempotency-key",
        },
    )
    with urllib.request.urlopen(request, timeout=5) as reply:
        assert reply.status == 204
        assert reply.headers["Access-Control-Allow-Origin"] == origin
        assert "idempotency-key" in reply.headers["Access-Control-Allow-Headers"]


def test_the_resource_types_the_local_cloud_takes_are_known_without_starting_it():
    assert {"AWS::Events::Archive", "AWS::Lambda::Function", "AWS::DynamoDB::Table"} <= resource_types()
    assert "AWS::OpenSearchServerless::NoSuchType" not in resource_types()
