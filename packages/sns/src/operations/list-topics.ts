import { formatArn } from "@mayfly/kernel";
import { pageOf } from "../pages.ts";
import type { SnsOperation } from "../resources.ts";
import { topicArn, type TopicKey } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export const listTopics: SnsOperation<"ListTopics"> = {
  iam: {
    action: "SNS:ListTopics",
    resource: ({ accountId, region }) => formatArn({ service: "sns", region, accountId, resource: "*" }),
    conditionKeys: () => ({}),
  },
  async run({ topics }, ctx, { NextToken }) {
    const page = await pageOf<TopicKey, string>(
      "ListTopics",
      NextToken,
      ({ topicName }) => topicName,
      (after, limit) => topics.list(ctx, { after, limit }),
    );
    return { Topics: page.items.map((key) => ({ TopicArn: topicArn(key) })), NextToken: page.next };
  },
};
