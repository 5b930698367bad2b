import { problemOf } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { topicNameOf } from "../topic-facts.ts";

/** The statement's name in the policy of a function or a queue. */
export const statementIdFor = (topicArn: string): string => `sns-${topicNameOf(topicArn).replace(".", "-")}`;

/** Which protocols' endpoints have a policy that must let the topic in. */
export const needsPermission = (protocol: string): boolean => protocol === "lambda" || protocol === "sqs";

/** A function with its qualifier, as AddPermission takes it. */
function functionOf(arn: string): { readonly FunctionName: string; readonly Qualifier?: string } {
  const [FunctionName = "", Qualifier] = arn.split(":").slice(6);
  return { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
}

const permissionFor = (topicArn: string) => ({
  StatementId: statementIdFor(topicArn),
  Action: "lambda:InvokeFunction",
  Principal: "sns.amazonaws.com",
  SourceArn: topicArn,
});

/** Lets a topic run a function or send to a queue, by the policy of that. A statement that it has already will do. */
export async function permit(topicArn: string, protocol: string, endpoint: string): Promise<void> {
  if (protocol === "lambda") await permitFunction(topicArn, endpoint);
  if (protocol === "sqs") await permitQueue(topicArn, endpoint);
}

async function permitFunction(topicArn: string, functionArn: string): Promise<void> {
  try {
    await send("lambda", "AddPermission", { ...functionOf(functionArn), ...permissionFor(topicArn) });
  } catch (error) {
    if (problemOf(error).kind !== "conflict") throw error;
  }
}

interface QueuePolicy {
  readonly Statement?: readonly { readonly Sid?: string }[];
}

const queueStatement = (topicArn: string, queueArn: string) => ({
  Sid: statementIdFor(topicArn),
  Effect: "Allow",
  Principal: { Service: "sns.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: queueArn,
  Condition: { ArnLike: { "aws:SourceArn": topicArn } },
});

async function permitQueue(topicArn: string, queueArn: string): Promise<void> {
  const { QueueUrl } = await send("sqs", "GetQueueUrl", { QueueName: queueArn.split(":").at(-1) ?? "" });
  const { Attributes } = await send("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] });
  const policy = JSON.parse(Attributes?.Policy ?? "{}") as QueuePolicy;
  const before = [policy.Statement ?? []].flat();
  if (before.some(({ Sid }) => Sid === statementIdFor(topicArn))) return;
  const Policy = JSON.stringify({ Version: "2012-10-17", ...policy, Statement: [...before, queueStatement(topicArn, queueArn)] });
  await send("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
}

/** Takes back what `permit` gave to a function. */
export async function forbidFunction(topicArn: string, functionArn: string): Promise<void> {
  try {
    await send("lambda", "RemovePermission", { ...functionOf(functionArn), StatementId: statementIdFor(topicArn) });
  } catch (error) {
    if (problemOf(error).kind !== "not-found") throw error;
  }
}

/** What the aws CLI would be told to give the permission. */
export function permissionCommand(topicArn: string, protocol: string, endpoint: string): string {
  if (protocol === "sqs") {
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [queueStatement(topicArn, endpoint)] });
    return cliCommand("sqs", "set-queue-attributes", { "queue-url": endpoint.split(":").at(-1) || "URL", attributes: { Policy } });
  }
  const { StatementId, Action, Principal, SourceArn } = permissionFor(topicArn);
  const { FunctionName, Qualifier } = functionOf(endpoint);
  return cliCommand("lambda", "add-permission", {
    "function-name": FunctionName || "NAME",
    qualifier: Qualifier,
    "statement-id": StatementId,
    action: Action,
    principal: Principal,
    "source-arn": SourceArn || "ARN",
  });
}
