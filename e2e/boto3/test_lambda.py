"""Every Lambda operation of this version, by boto3."""

import base64
import json
import unittest
import urllib.request

from support import ACCOUNT, ROLE, AwsErrors, client, zip_of

CODE = "def handler(event, context):\n    print('seen')\n    return {'event': event}\n"


class LambdaTest(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("lambda")

    def create(self, name, **members):
        settings = {"Runtime": "python3.9", "Role": ROLE, "Handler": "main.handler", "Code": {"ZipFile": zip_of({"main.py": CODE})}}
        created = self.aws.create_function(FunctionName=name, **{**settings, **members})
        self.aws.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.05, "MaxAttempts": 200})
        return created

    def test_create_get_list_delete(self):
        created = self.create("b-life", Description="d", Environment={"Variables": {"STAGE": "b"}}, Tags={"t": "1"})
        self.assertEqual(created["ResponseMetadata"]["HTTPStatusCode"], 201)
        self.assertEqual(created["State"], "Pending")
        found = self.aws.get_function(FunctionName="b-life")
        self.assertEqual(found["Configuration"]["State"], "Active")
        self.assertEqual(found["Tags"], {"t": "1"})
        with urllib.request.urlopen(found["Code"]["Location"]) as download:
            self.assertEqual(len(download.read()), created["CodeSize"])
        self.assertEqual(self.aws.get_function_configuration(FunctionName="b-life")["Environment"], {"Variables": {"STAGE": "b"}})
        names = [f["FunctionName"] for page in self.aws.get_paginator("list_functions").paginate() for f in page["Functions"]]
        self.assertIn("b-life", names)
        with self.refused("ResourceConflictException", "Function already exist: b-life"):
            self.create("b-life")
        self.aws.delete_function(FunctionName="b-life")
        with self.refused("ResourceNotFoundException", f"Function not found: arn:aws:lambda:us-east-1:{ACCOUNT}:function:b-life"):
            self.aws.get_function(FunctionName="b-life")

    def test_constraints_come_in_aws_words(self):
        with self.refused("InvalidParameterValueException"):
            self.create("b-" + "x" * 70)
        with self.refused("ValidationException"):
            self.aws.invoke(FunctionName="b d")

    def test_update(self):
        self.create("b-update")
        updated = self.aws.update_function_code(FunctionName="b-update", ZipFile=zip_of({"main.py": "def handler(e, c):\n    return 2\n"}))
        self.assertEqual(updated["LastUpdateStatus"], "InProgress")
        waiter = self.aws.get_waiter("function_updated_v2")
        waiter.wait(FunctionName="b-update", WaiterConfig={"Delay": 0.05, "MaxAttempts": 200})
        self.assertEqual(json.load(self.aws.invoke(FunctionName="b-update")["Payload"]), 2)
        self.aws.update_function_configuration(FunctionName="b-update", Timeout=9, MemorySize=200)
        waiter.wait(FunctionName="b-update", WaiterConfig={"Delay": 0.05, "MaxAttempts": 200})
        configuration = self.aws.get_function_configuration(FunctionName="b-update")
        self.assertEqual((configuration["Timeout"], configuration["MemorySize"]), (9, 200))
        with self.refused("PreconditionFailedException"):
            self.aws.update_function_configuration(FunctionName="b-update", Timeout=8, RevisionId="00000000-0000-0000-0000-000000000000")

    def test_invoke(self):
        self.create("b-invoke")
        answer = self.aws.invoke(FunctionName="b-invoke", Payload=b'{"k": [1]}', LogType="Tail")
        self.assertEqual(json.load(answer["Payload"]), {"event": {"k": [1]}})
        self.assertEqual((answer["StatusCode"], answer["ExecutedVersion"]), (200, "$LATEST"))
        self.assertIn("seen\n", base64.b64decode(answer["LogResult"]).decode())
        self.assertEqual(self.aws.invoke(FunctionName="b-invoke", InvocationType="Event")["StatusCode"], 202)
        self.assertEqual(self.aws.invoke(FunctionName="b-invoke", InvocationType="DryRun")["StatusCode"], 204)

    def test_concurrency(self):
        self.create("b-limit")
        self.aws.put_function_concurrency(FunctionName="b-limit", ReservedConcurrentExecutions=0)
        self.assertEqual(self.aws.get_function_concurrency(FunctionName="b-limit")["ReservedConcurrentExecutions"], 0)
        with self.refused("TooManyRequestsException", "Rate Exceeded."):
            self.aws.invoke(FunctionName="b-limit")
        self.aws.delete_function_concurrency(FunctionName="b-limit")
        self.assertNotIn("ReservedConcurrentExecutions", self.aws.get_function_concurrency(FunctionName="b-limit"))

    def test_tags_and_account(self):
        arn = self.create("b-tags")["FunctionArn"]
        self.aws.tag_resource(Resource=arn, Tags={"a": "1", "b": "2"})
        self.aws.untag_resource(Resource=arn, TagKeys=["a"])
        self.assertEqual(self.aws.list_tags(Resource=arn)["Tags"], {"b": "2"})
        self.assertEqual(self.aws.get_account_settings()["AccountLimit"]["ConcurrentExecutions"], 1000)
