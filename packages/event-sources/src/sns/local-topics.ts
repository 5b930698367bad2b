import { isFault, parseArn, rootPrincipal, type CallAs, type MayCall } from "@mayfly/kernel";
import type { DestinationTopics } from "@mayfly/lambda";
import { sendable } from "../sqs/queues.ts";

/** This server's own topics, called as whoever is named. */
export const localTopics = ({ callAs, mayCall }: { readonly callAs: CallAs; readonly mayCall: MayCall }): DestinationTopics => ({
  async canPublish(arn, identity) {
    const { accountId = "", region = "" } = parseArn(arn) ?? {};
    const find = () => callAs({ principal: rootPrincipal(accountId), accountId, region })("sns", "GetTopicAttributes", { TopicArn: arn });
    try {
      // A service is let in by the topic's policy, which one that is not there has not.
      if (identity.principal.kind === "service") await find();
      await mayCall({ ...identity, region })("sns", "Publish", { TopicArn: arn, Message: "" });
      await find();
      return true;
    } catch (error) {
      if (isFault(error)) return false;
      throw error;
    }
  },
  async publish(arn, identity, message) {
    const { MessageBody, MessageAttributes } = sendable(message);
    const input = { TopicArn: arn, Message: MessageBody, ...(message.attributes && { MessageAttributes }) };
    const { MessageId = "" } = await callAs({ ...identity, region: parseArn(arn)?.region ?? "" })("sns", "Publish", input);
    return MessageId;
  },
});
