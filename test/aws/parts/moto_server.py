"""moto on loopback, on a port that is free, with what its CloudFormation lacks of our template.

Prints `listening on PORT` and ends when its standard input does, so that it never outlives who
started it. Connections to anywhere but loopback are refused by Python itself.

moto leaves types that it does not know out of a stack without a word. The models below make these
with moto's own services, so that what the template says of them is created and can be asked for.
"""

import json
import os
import sys
import threading

# moto cuts no corner that AWS would not allow: names, sizes and roles are checked where it can.
os.environ.setdefault("MOTO_DOCKER_NETWORK_NAME", "none")


def stay_on_loopback(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise PermissionError(f"moto was about to leave loopback for {address}")


sys.addaudithook(stay_on_loopback)

from moto.apigatewayv2.models import apigatewayv2_backends  # noqa: E402
from moto.awslambda.models import LambdaBackend  # noqa: E402
from moto.cloudwatch.models import (  # noqa: E402
    Dimension,
    Metric,
    MetricDataQuery,
    MetricStat,
    cloudwatch_backends,
)
from moto.core.common_models import CloudFormationModel  # noqa: E402
from moto.dynamodb.models import dynamodb_backends  # noqa: E402
from moto.dynamodb.responses import DynamoHandler  # noqa: E402
from moto.dynamodbstreams.models import ShardIterator  # noqa: E402
from moto.events.models import EventBus  # noqa: E402
from moto.events.utils import EventTemplateParser  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from moto.s3.models import s3_backends  # noqa: E402
from moto.scheduler.models import scheduler_backends  # noqa: E402
from moto.sns.models import sns_backends  # noqa: E402
from moto.sns.responses import SNSResponse  # noqa: E402
from moto.sqs.models import sqs_backends  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

# moto would run functions in Docker on its own, and count each failure as a receive. Here mappings are
# kept where they can be listed, and run from outside: see pump.ts.
map_event_source = LambdaBackend.create_event_source_mapping


def map_and_leave_alone(self, spec):
    mapping = map_event_source(self, spec)
    for queue in sqs_backends[self.account_id][self.region_name].queues.values():
        queue.lambda_event_source_mappings.clear()
    for table in dynamodb_backends[self.account_id][self.region_name].tables.values():
        table.lambda_event_source_mappings.clear()
    return mapping


LambdaBackend.create_event_source_mapping = map_and_leave_alone

# Without it a Ref of a bus is the object itself, which no environment can hold.
EventBus.physical_resource_id = property(lambda bus: bus.name)

# A transaction that is refused gives moto's table back as a copy of what it was before: whatever others wrote meanwhile
# would be lost, and an iterator would look at a stream that nothing is added to any more.
one_at_a_time = threading.RLock()
call_action = DynamoHandler.call_action
get_records = ShardIterator.get


def call_alone(self):
    with one_at_a_time:
        return call_action(self)


def get_of_table_as_it_is(self, limit=1000):
    with one_at_a_time:
        self.stream_shard = self.streams_backend.dynamodb.get_table(self.stream_shard.table.name).stream_shard
        return get_records(self, limit)


DynamoHandler.call_action = call_alone
ShardIterator.get = get_of_table_as_it_is

# moto takes every subscription for confirmed. Whoever's address begins with "pending" has not followed
# the link: SNS then lists no ARN.
list_subscriptions = SNSResponse.list_subscriptions_by_topic


def list_with_pending(self):
    answer = list_subscriptions(self)
    listed = answer.result["Subscriptions"]
    answer.result["Subscriptions"] = [
        {
            "SubscriptionArn": "PendingConfirmation",
            "TopicArn": one.topic_arn,
            "Protocol": one.protocol,
            "Endpoint": one.endpoint,
            "Owner": one.owner,
        }
        if one.protocol == "email" and one.endpoint.startswith("pending")
        else one
        for one in listed
    ]
    return answer


SNSResponse.list_subscriptions_by_topic = list_with_pending

# moto leaves the account out of what a rule sends on; AWS does not.
transformed = EventTemplateParser.parse
EventTemplateParser.parse = staticmethod(
    lambda input_template, input_paths_map, event: (
        transformed(input_template, input_paths_map, event)
        if input_template
        else {name: value for name, value in event.items() if name != "ingestion-time"}
    )
)


class Made:
    """What was made for a resource: its physical id, and the attributes that a template may ask for."""

    def __init__(self, physical_resource_id, attributes=None):
        self.physical_resource_id = physical_resource_id
        self.attributes = attributes or {}

    def get_cfn_attribute(self, name):
        return self.attributes[name]

    def is_created(self):
        return True


def model(resource_type, name_property, attributes, create):
    """A class that CloudFormationModel.__subclasses__() shows to moto's template reader."""

    def create_from(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        return create(resource_name, cloudformation_json["Properties"], account_id, region_name)

    return type(
        resource_type.replace("::", ""),
        (CloudFormationModel,),
        {
            "cloudformation_name_type": staticmethod(lambda: name_property),
            "cloudformation_type": staticmethod(lambda: resource_type),
            "has_cfn_attr": classmethod(lambda cls, name: name in attributes),
            "create_from_cloudformation_json": classmethod(create_from),
        },
    )


def subscription(name, properties, account, region):
    backend = sns_backends[account][region]
    made = backend.subscribe(properties["TopicArn"], properties["Endpoint"], properties["Protocol"])
    for attribute in ("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"):
        if attribute in properties:
            value = properties[attribute]
            backend.set_subscription_attributes(made.arn, attribute, value if isinstance(value, str) else json.dumps(value))
    return Made(made.arn)


def topic_policy(name, properties, account, region):
    for arn in properties["Topics"]:
        sns_backends[account][region].set_topic_attribute(arn, "policy", json.dumps(properties["PolicyDocument"]))
    return Made(name)


def queue_policy(name, properties, account, region):
    for url in properties["Queues"]:
        sqs_backends[account][region].set_queue_attributes(
            url.rsplit("/", 1)[-1], {"Policy": json.dumps(properties["PolicyDocument"])}
        )
    return Made(name)


def bucket_policy(name, properties, account, region):
    # Kept where moto's API shows it. Its own method would also enforce it, and a policy of TLS only
    # shuts out whoever talks to moto without.
    bucket = s3_backends[account]["aws"].get_bucket(properties["Bucket"])
    bucket.policy = json.dumps(properties["PolicyDocument"]).encode()
    bucket.get_permission = lambda *arguments: None
    return Made(name)


def schedule_group(name, properties, account, region):
    group = scheduler_backends[account][region].create_schedule_group(properties.get("Name", name), properties.get("Tags", []))
    return Made(group.name, {"Arn": group.arn})


def schedule(name, properties, account, region):
    made = scheduler_backends[account][region].create_schedule(
        description=properties.get("Description"),
        end_date=properties.get("EndDate"),
        flexible_time_window=properties["FlexibleTimeWindow"],
        group_name=properties.get("GroupName", "default"),
        kms_key_arn=properties.get("KmsKeyArn"),
        name=properties.get("Name", name),
        schedule_expression=properties["ScheduleExpression"],
        schedule_expression_timezone=properties.get("ScheduleExpressionTimezone"),
        start_date=properties.get("StartDate"),
        state=properties.get("State"),
        target=properties["Target"],
        action_after_completion=None,
    )
    return Made(made.name, {"Arn": made.arn})


def metric_query(query):
    stat = query.get("MetricStat")
    return MetricDataQuery(
        query_id=query["Id"],
        label=query.get("Label"),
        period=query.get("Period"),
        return_data=query.get("ReturnData", True),
        expression=query.get("Expression"),
        metric_stat=stat
        and MetricStat(
            metric=Metric(
                metric_name=stat["Metric"]["MetricName"],
                namespace=stat["Metric"]["Namespace"],
                dimensions=[Dimension(one["Name"], one["Value"]) for one in stat["Metric"].get("Dimensions", [])],
            ),
            period=stat["Period"],
            stat=stat["Stat"],
            unit=stat.get("Unit"),
        ),
    )


def alarm(name, properties, account, region):
    made = cloudwatch_backends[account][region].put_metric_alarm(
        name=properties.get("AlarmName", name),
        namespace=properties.get("Namespace"),
        metric_name=properties.get("MetricName"),
        comparison_operator=properties["ComparisonOperator"],
        evaluation_periods=properties["EvaluationPeriods"],
        period=properties.get("Period"),
        threshold=properties.get("Threshold"),
        statistic=properties.get("Statistic"),
        description=properties.get("AlarmDescription"),
        dimensions=properties.get("Dimensions", []),
        alarm_actions=properties.get("AlarmActions", []),
        metric_data_queries=[metric_query(query) for query in properties.get("Metrics", [])] or None,
        treat_missing_data=properties.get("TreatMissingData"),
        rule=properties.get("AlarmRule"),
    )
    return Made(made.name, {"Arn": made.alarm_arn})


def http_api(name, properties, account, region):
    keys = ["api_key_selection_expression", "cors_configuration", "description", "disable_schema_validation"]
    keys += ["disable_execute_api_endpoint", "name", "protocol_type", "route_selection_expression", "tags", "version"]
    given = {snake(key): value for key, value in properties.items()}
    made = apigatewayv2_backends[account][region].create_api(**{key: given.get(key) for key in keys})
    return Made(made.api_id, {"ApiEndpoint": made.api_endpoint, "ApiId": made.api_id})


def http_integration(name, properties, account, region):
    keys = ["connection_id", "connection_type", "content_handling_strategy", "credentials_arn", "description"]
    keys += ["integration_method", "integration_subtype", "integration_type", "integration_uri", "passthrough_behavior"]
    keys += ["payload_format_version", "request_parameters", "request_templates", "response_parameters"]
    keys += ["template_selection_expression", "timeout_in_millis", "tls_config"]
    given = {snake(key): value for key, value in properties.items()}
    create = apigatewayv2_backends[account][region].create_integration
    made = create(properties["ApiId"], **{key: given.get(key) for key in keys})
    return Made(made.id)


def http_route(name, properties, account, region):
    keys = ["api_key_required", "authorization_scopes", "authorization_type", "authorizer_id", "operation_name"]
    keys += ["model_selection_expression", "request_models", "request_parameters", "route_key"]
    keys += ["route_response_selection_expression", "target"]
    given = {snake(key): value for key, value in properties.items()}
    create = apigatewayv2_backends[account][region].create_route
    made = create(properties["ApiId"], **{key: given.get(key) for key in keys})
    return Made(made.route_id)


def http_stage(name, properties, account, region):
    config = {key[0].lower() + key[1:]: value for key, value in properties.items()}
    apigatewayv2_backends[account][region].create_stage(properties["ApiId"], config)
    return Made(properties["StageName"])


def snake(name):
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")


MODELS = [
    model("AWS::ApiGatewayV2::Api", "", ["ApiEndpoint", "ApiId"], http_api),
    model("AWS::ApiGatewayV2::Integration", "", [], http_integration),
    model("AWS::ApiGatewayV2::Route", "", [], http_route),
    model("AWS::ApiGatewayV2::Stage", "", [], http_stage),
    model("AWS::SNS::Subscription", "", [], subscription),
    model("AWS::SNS::TopicPolicy", "", [], topic_policy),
    model("AWS::SQS::QueuePolicy", "", [], queue_policy),
    model("AWS::S3::BucketPolicy", "", [], bucket_policy),
    model("AWS::Scheduler::ScheduleGroup", "Name", ["Arn"], schedule_group),
    model("AWS::Scheduler::Schedule", "Name", ["Arn"], schedule),
    model("AWS::CloudWatch::Alarm", "AlarmName", ["Arn"], alarm),
]


def end_with_standard_input(server):
    sys.stdin.buffer.read()
    server.shutdown()


server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
os.environ["MOTO_PORT"] = str(server.server_port)
print(f"listening on {server.server_port}", flush=True)
threading.Thread(target=end_with_standard_input, args=(server,), daemon=True).start()
server.serve_forever()
