"""A queue's story, by boto3: clients, batches, waiters' long polls, dead letters, and the errors that programs catch."""

import json
import unittest

import boto3

from support import ACCOUNT, AwsErrors, client


class SqsTest(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("sqs")

    def test_standard_queue(self):
        url = self.aws.create_queue(QueueName="py-standard", Attributes={"VisibilityTimeout": "5"}, tags={"a": "1"})["QueueUrl"]
        self.assertEqual(self.aws.get_queue_url(QueueName="py-standard")["QueueUrl"], url)
        self.assertEqual(self.aws.list_queue_tags(QueueUrl=url)["Tags"], {"a": "1"})
        sent = self.aws.send_message_batch(
            QueueUrl=url,
            Entries=[{"Id": str(i), "MessageBody": f"body {i}", "MessageAttributes": {"n": {"DataType": "Number", "StringValue": str(i)}}} for i in range(10)],
        )
        self.assertEqual((len(sent["Successful"]), sent.get("Failed", [])), (10, []))
        messages = self.aws.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"])["Messages"]
        self.assertEqual(sorted(m["Body"] for m in messages), [f"body {i}" for i in range(10)])
        self.assertEqual(messages[0]["Attributes"]["ApproximateReceiveCount"], "1")
        entries = [{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)]
        deleted = self.aws.delete_message_batch(QueueUrl=url, Entries=entries + [])
        self.assertEqual(len(deleted["Successful"]), 10)
        self.assertNotIn("Messages", self.aws.receive_message(QueueUrl=url))
        self.aws.delete_queue(QueueUrl=url)
        with self.assertRaises(self.aws.exceptions.QueueDoesNotExist):
            self.aws.get_queue_url(QueueName="py-standard")

    def test_resource(self):
        queue = boto3.resource("sqs").create_queue(QueueName="py-resource.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})
        for body in ["1", "2", "3"]:
            queue.send_message(MessageBody=body, MessageGroupId="g")
        received = queue.receive_messages(MaxNumberOfMessages=3, WaitTimeSeconds=5)
        self.assertEqual([m.body for m in received], ["1", "2", "3"])
        for message in received:
            message.delete()
        self.assertEqual(queue.attributes["ApproximateNumberOfMessages"], "0")

    def test_dead_letters(self):
        dead = self.aws.create_queue(QueueName="py-dead")["QueueUrl"]
        arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:py-dead"
        redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": "1"})
        url = self.aws.create_queue(QueueName="py-source", Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "0"})["QueueUrl"]
        self.aws.send_message(QueueUrl=url, MessageBody="poison")
        self.assertEqual(len(self.aws.receive_message(QueueUrl=url)["Messages"]), 1)
        self.assertNotIn("Messages", self.aws.receive_message(QueueUrl=url))
        poison = self.aws.receive_message(QueueUrl=dead, VisibilityTimeout=0, WaitTimeSeconds=5, AttributeNames=["DeadLetterQueueSourceArn"])["Messages"][0]
        self.assertEqual(poison["Attributes"]["DeadLetterQueueSourceArn"], f"arn:aws:sqs:us-east-1:{ACCOUNT}:py-source")
        pages = self.aws.get_paginator("list_dead_letter_source_queues").paginate(QueueUrl=dead)
        self.assertEqual([u for page in pages for u in page["queueUrls"]], [url])
        self.aws.start_message_move_task(SourceArn=arn)
        self.assertEqual(self.aws.receive_message(QueueUrl=url, WaitTimeSeconds=10)["Messages"][0]["Body"], "poison")

    def test_errors(self):
        with self.refused("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."):
            self.aws.get_queue_url(QueueName="py-none")
        self.aws.create_queue(QueueName="py-taken", Attributes={"DelaySeconds": "1"})
        with self.refused("QueueAlreadyExists", "A queue already exists with the same name and a different value for attribute DelaySeconds"):
            self.aws.create_queue(QueueName="py-taken", Attributes={"DelaySeconds": "2"})
        url = self.aws.get_queue_url(QueueName="py-taken")["QueueUrl"]
        with self.refused("InvalidParameterValue", "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."):
            self.aws.receive_message(QueueUrl=url, MaxNumberOfMessages=11)
        with self.refused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "Maximum number of entries per request are 10. You have sent 20."):
            self.aws.send_message_batch(QueueUrl=url, Entries=[{"Id": str(i), "MessageBody": "x"} for i in range(20)])
        with self.refused("InvalidAttributeName", "Unknown Attribute FifoQueue."):
            self.aws.set_queue_attributes(QueueUrl=url, Attributes={"FifoQueue": "true"})


if __name__ == "__main__":
    unittest.main()
