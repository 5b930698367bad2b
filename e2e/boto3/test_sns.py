"""A topic's story, by boto3: resources, filters, raw delivery, structures, batches, FIFO, and the errors that programs catch."""

import json
import unittest

import boto3

from support import ACCOUNT, AwsErrors, client


class SnsTest(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("sns")
        cls.sqs = client("sqs")

    def queue(self, name, **attributes):
        """A queue that topics may send to: its URL and its ARN."""
        arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}"
        allow = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn}
        attributes["Policy"] = json.dumps({"Version": "2012-10-17", "Statement": allow})
        return self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"], arn

    def receive(self, url, count):
        """So many messages of a queue, in the order in which they came."""
        messages = []
        while len(messages) < count:
            got = self.sqs.receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=10, MessageAttributeNames=["All"], AttributeNames=["All"]
            ).get("Messages", [])
            self.assertTrue(got, f"{count} messages were expected, {len(messages)} came")
            messages += got
            for message in got:
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return messages

    def test_resource(self):
        topic = boto3.resource("sns").create_topic(Name="py-resource", Attributes={"DisplayName": "Py"}, Tags=[{"Key": "a", "Value": "1"}])
        self.assertEqual(topic.attributes["DisplayName"], "Py")
        self.assertEqual(self.aws.list_tags_for_resource(ResourceArn=topic.arn)["Tags"], [{"Key": "a", "Value": "1"}])
        url, arn = self.queue("py-resource")
        subscription = topic.subscribe(Protocol="sqs", Endpoint=arn, Attributes={"FilterPolicy": json.dumps({"kind": ["order"]})})
        self.assertEqual([s.arn for s in topic.subscriptions.all()], [subscription.arn])
        for kind in ["other", "order"]:
            topic.publish(Message=kind, Subject="s", MessageAttributes={"kind": {"DataType": "String", "StringValue": kind}})
        (message,) = self.receive(url, 1)
        envelope = json.loads(message["Body"])
        self.assertEqual((envelope["Type"], envelope["Message"], envelope["Subject"]), ("Notification", "order", "s"))
        self.assertEqual(envelope["MessageAttributes"], {"kind": {"Type": "String", "Value": "order"}})
        subscription.delete()
        self.assertEqual(list(topic.subscriptions.all()), [])
        topic.delete()
        with self.assertRaises(self.aws.exceptions.NotFoundException):
            self.aws.get_topic_attributes(TopicArn=topic.arn)

    def test_raw_batch(self):
        topic = self.aws.create_topic(Name="py-raw")["TopicArn"]
        url, arn = self.queue("py-raw")
        self.aws.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
        binary = {"b": {"DataType": "Binary", "BinaryValue": b"\x02\x03\x04"}, "n": {"DataType": "Number", "StringValue": "1.5"}}
        entries = [
            {"Id": "1", "Message": "plain", "MessageAttributes": binary},
            {"Id": "2", "Message": json.dumps({"default": "no", "sqs": "for queues"}), "MessageStructure": "json"},
        ]
        answer = self.aws.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
        self.assertEqual(([e["Id"] for e in answer["Successful"]], answer["Failed"]), (["1", "2"], []))
        messages = {m["Body"]: m.get("MessageAttributes") for m in self.receive(url, 2)}
        self.assertEqual(set(messages), {"plain", "for queues"})
        self.assertEqual(messages["plain"]["b"]["BinaryValue"], b"\x02\x03\x04")
        self.assertEqual(messages["plain"]["n"], {"StringValue": "1.5", "DataType": "Number"})

    def test_fifo(self):
        topic = self.aws.create_topic(Name="py.fifo", Attributes={"FifoTopic": "true", "ContentBasedDeduplication": "true"})["TopicArn"]
        url, arn = self.queue("py.fifo", FifoQueue="true")
        self.aws.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
        answers = [self.aws.publish(TopicArn=topic, Message=m, MessageGroupId="g") for m in ["1", "2", "2", "3"]]
        numbers = [a["SequenceNumber"] for a in answers]
        self.assertEqual((sorted(set(numbers)), len(set(numbers)), len(numbers[0])), ([numbers[0], numbers[1], numbers[3]], 3, 20))
        self.assertEqual(answers[1]["MessageId"], answers[2]["MessageId"])
        self.assertEqual([m["Body"] for m in self.receive(url, 3)], ["1", "2", "3"])

    def test_paginators(self):
        topic = self.aws.create_topic(Name="py-pages")["TopicArn"]
        for i in range(105):
            self.aws.subscribe(TopicArn=topic, Protocol="sms", Endpoint=f"+1555{i:07}")
        pages = list(self.aws.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic))
        self.assertEqual([len(page["Subscriptions"]) for page in pages], [100, 5])

    def test_errors(self):
        with self.refused("NotFound", "Topic does not exist"):
            self.aws.publish(TopicArn=f"arn:aws:sns:us-east-1:{ACCOUNT}:py-none", Message="m")
        with self.refused("InvalidParameter", "Invalid parameter: Topic Name"):
            self.aws.create_topic(Name="a b")
        topic = self.aws.create_topic(Name="py-errors")["TopicArn"]
        with self.refused("InvalidParameter", "Invalid parameter: Empty message"):
            self.aws.publish(TopicArn=topic, Message="")
        with self.refused("ParameterValueInvalid", "The message attribute 'a' with type 'String' must use field 'String'."):
            self.aws.publish(TopicArn=topic, Message="m", MessageAttributes={"a": {"DataType": "String", "BinaryValue": b"x"}})
        with self.refused("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible."):
            self.aws.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[{"Id": str(i), "Message": "x"} for i in range(11)])
        with self.refused("InvalidAction", "Operation (CreatePlatformApplication) is not supported in this region"):
            self.aws.create_platform_application(Name="a", Platform="GCM", Attributes={"PlatformCredential": "x"})
        self.assertEqual(self.aws.list_platform_applications()["PlatformApplications"], [])


if __name__ == "__main__":
    unittest.main()
