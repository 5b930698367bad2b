"""Event source mappings, by boto3."""

import time
import unittest

from support import ACCOUNT, ROLE, AwsErrors, client, zip_of

SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:kafka"


class EventSourceMappingTest(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("lambda")
        code = zip_of({"main.py": "def handler(event, context):\n    return event\n"})
        cls.aws.create_function(FunctionName="b-mapped", Runtime="python3.9", Role=ROLE, Handler="main.handler", Code={"ZipFile": code})
        cls.aws.get_waiter("function_active_v2").wait(FunctionName="b-mapped", WaiterConfig={"Delay": 0.05, "MaxAttempts": 200})

    def reaches(self, uuid, state):
        deadline = time.monotonic() + 20
        while self.aws.get_event_source_mapping(UUID=uuid)["State"] != state:
            self.assertLess(time.monotonic(), deadline, f"never {state}")
            time.sleep(0.02)

    def test_a_self_managed_cluster(self):
        made = self.aws.create_event_source_mapping(
            FunctionName="b-mapped",
            SelfManagedEventSource={"Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": ["a.example.com:9092"]}},
            SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": SECRET}],
            Topics=["orders"],
            StartingPosition="AT_TIMESTAMP",
            StartingPositionTimestamp=1700000000,
        )
        self.assertEqual(made["ResponseMetadata"]["HTTPStatusCode"], 202)
        self.assertEqual(made["StartingPositionTimestamp"].timestamp(), 1700000000)
        uuid = made["UUID"]
        self.reaches(uuid, "Enabled")
        self.assertEqual(self.aws.update_event_source_mapping(UUID=uuid, Enabled=False)["State"], "Disabling")
        self.reaches(uuid, "Disabled")
        pages = self.aws.get_paginator("list_event_source_mappings").paginate(FunctionName="b-mapped")
        self.assertEqual([mapping["UUID"] for page in pages for mapping in page["EventSourceMappings"]], [uuid])
        self.assertEqual(self.aws.delete_event_source_mapping(UUID=uuid)["State"], "Deleting")

    def test_a_queue_that_does_not_exist(self):
        with self.refused("InvalidParameterValueException"):
            self.aws.create_event_source_mapping(FunctionName="b-mapped", EventSourceArn=f"arn:aws:sqs:us-east-1:{ACCOUNT}:nowhere")


if __name__ == "__main__":
    unittest.main()
