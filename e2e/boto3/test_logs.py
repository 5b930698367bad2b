"""Every CloudWatch Logs operation of this version, by boto3."""

import time
import unittest

from support import ACCOUNT, AwsErrors, client


class LogsTest(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("logs")

    def test_groups_and_streams(self):
        self.aws.create_log_group(logGroupName="/py/group", tags={"a": "1"})
        with self.refused("ResourceAlreadyExistsException", "The specified log group already exists"):
            self.aws.create_log_group(logGroupName="/py/group")
        self.aws.put_retention_policy(logGroupName="/py/group", retentionInDays=7)
        group = self.aws.describe_log_groups(logGroupNamePrefix="/py/group")["logGroups"][0]
        self.assertEqual(group["retentionInDays"], 7)
        self.aws.delete_retention_policy(logGroupName="/py/group")
        self.aws.create_log_stream(logGroupName="/py/group", logStreamName="one")
        self.assertEqual([s["logStreamName"] for s in self.aws.describe_log_streams(logGroupName="/py/group")["logStreams"]], ["one"])
        self.aws.delete_log_stream(logGroupName="/py/group", logStreamName="one")
        self.aws.delete_log_group(logGroupName="/py/group")
        with self.refused("ResourceNotFoundException", "The specified log group does not exist."):
            self.aws.delete_log_group(logGroupName="/py/group")

    def test_events(self):
        self.aws.create_log_group(logGroupName="/py/events")
        self.aws.create_log_stream(logGroupName="/py/events", logStreamName="s")
        now = int(time.time() * 1000)
        lines = [{"timestamp": now + i, "message": f"line {i} {'ERROR' if i % 10 == 0 else 'fine'}"} for i in range(100)]
        self.aws.put_log_events(logGroupName="/py/events", logStreamName="s", logEvents=lines)
        first = self.aws.get_log_events(logGroupName="/py/events", logStreamName="s", startFromHead=True, limit=60)
        self.assertEqual(first["events"][0]["message"], "line 0 fine".replace("fine", "ERROR"))
        second = self.aws.get_log_events(logGroupName="/py/events", logStreamName="s", startFromHead=True, nextToken=first["nextForwardToken"])
        self.assertEqual(len(second["events"]), 40)
        back = self.aws.get_log_events(logGroupName="/py/events", logStreamName="s", limit=10)
        self.assertEqual(back["events"][-1]["message"], "line 99 fine")
        older = self.aws.get_log_events(logGroupName="/py/events", logStreamName="s", limit=10, nextToken=back["nextBackwardToken"])
        self.assertEqual(older["events"][-1]["message"], "line 89 fine")
        pages = self.aws.get_paginator("filter_log_events").paginate(logGroupName="/py/events", filterPattern="ERROR", PaginationConfig={"PageSize": 4})
        self.assertEqual(len([e for page in pages for e in page["events"]]), 10)
        with self.refused("ResourceNotFoundException", "The specified log stream does not exist."):
            self.aws.get_log_events(logGroupName="/py/events", logStreamName="none")

    def test_live_tail(self):
        stream = {"logGroupName": "/py/tail", "logStreamName": "s"}
        self.aws.create_log_group(logGroupName="/py/tail")
        self.aws.create_log_stream(**stream)
        arn = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/py/tail"
        events = self.aws.start_live_tail(logGroupIdentifiers=[arn], logEventFilterPattern="ERROR")["responseStream"]
        try:
            read = iter(events)
            self.assertEqual(next(read)["sessionStart"]["logGroupIdentifiers"], [arn])
            now = int(time.time() * 1000)
            self.aws.put_log_events(**stream, logEvents=[{"timestamp": now, "message": "fine"}, {"timestamp": now, "message": "ERROR"}])
            results = next(update["sessionUpdate"]["sessionResults"] for update in read if update["sessionUpdate"]["sessionResults"])
            self.assertEqual([result["message"] for result in results], ["ERROR"])
        finally:
            events.close()
        with self.refused("ResourceNotFoundException", "The specified log group does not exist."):
            self.aws.start_live_tail(logGroupIdentifiers=[f"{arn}/none"])
