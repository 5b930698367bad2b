import * as receivers from "../../policies/receiver-permission.ts";
import { topicNameOf } from "../topic-facts.ts";

/** The statement's name in the policy of a function or a queue. */
export const statementIdFor = (topicArn: string): string => `sns-${topicNameOf(topicArn).replace(".", "-")}`;

const senderOf = (topicArn: string): receivers.Sender => ({
  principal: "sns.amazonaws.com",
  arn: topicArn,
  statementId: statementIdFor(topicArn),
});

/** Which protocols' endpoints have a policy that must let the topic in. */
export const needsPermission = (protocol: string): protocol is "lambda" | "sqs" => protocol === "lambda" || protocol === "sqs";

/** Lets a topic run a function or send to a queue, by the policy of that. A statement that it has already will do. */
export async function permit(topicArn: string, protocol: string, endpoint: string): Promise<void> {
  if (needsPermission(protocol)) await receivers.permit(senderOf(topicArn), protocol, endpoint);
}

/** Takes back what `permit` gave to a function. */
export const forbidFunction = (topicArn: string, functionArn: string): Promise<void> =>
  receivers.forbidFunction(senderOf(topicArn), functionArn);

/** What the aws CLI would be told to give the permission. */
export const permissionCommand = (topicArn: string, protocol: string, endpoint: string): string =>
  receivers.permissionCommand(senderOf(topicArn), needsPermission(protocol) ? protocol : "lambda", endpoint);
