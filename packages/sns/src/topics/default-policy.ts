import type { PolicyDocument } from "@mayfly/kernel";
import { topicArn, type TopicKey } from "./topic.ts";

const actions = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
];

/** The policy of a topic for which none was set, as recorded answers have it: what the owner's own services ask for. */
export const defaultPolicy = (key: TopicKey): PolicyDocument => ({
  Version: "2008-10-17",
  Id: "__default_policy_ID",
  Statement: [
    {
      Sid: "__default_statement_ID",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: actions.map((action) => `SNS:${action}`),
      Resource: topicArn(key),
      Condition: { StringEquals: { "AWS:SourceOwner": key.accountId } },
    },
  ],
});
