// What the console uses of the client: only this is bundled.
export {
  CloudWatchLogsClient as Client,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutRetentionPolicyCommand,
  StartLiveTailCommand,
} from "@aws-sdk/client-cloudwatch-logs";
