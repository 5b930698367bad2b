import type { DestinationPolicy } from "../destinations/destination-policy.ts";
import { sourceNameOf } from "./trigger.ts";

/** What the poller does as the execution role. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions */
export const pollerActions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] as const;

/** The inline policy that lets the execution role be used to poll a queue. */
export const pollerPolicyFor = (roleArn: string, queueArn: string): DestinationPolicy => ({
  RoleName: roleArn.split("/").at(-1) ?? "",
  PolicyName: `PollQueue-${sourceNameOf(queueArn)}`,
  PolicyDocument: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: pollerActions, Resource: queueArn }],
  }),
});
