import { problemOf } from "../api/problem.ts";
import { send } from "../api/send.ts";
import { cliCommand } from "../shared/equivalent-cli.tsx";

/** Who is to be let in: a topic or a bucket, in whose name its service acts. */
export interface Sender {
  /** `s3.amazonaws.com` */
  readonly principal: string;
  readonly arn: string;
  /** Whose it must be; its ARN may not say it. */
  readonly accountId?: string;
  /** The statement's name in the receiver's policy. */
  readonly statementId: string;
}

/** What has a policy that must let the sender in. */
export type ReceiverKind = "lambda" | "sqs" | "sns";

/** A function with its qualifier, as AddPermission takes it. */
function functionOf(arn: string): { readonly FunctionName: string; readonly Qualifier?: string } {
  const [FunctionName = "", Qualifier] = arn.split(":").slice(6);
  return { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
}

const permissionFor = ({ principal, arn, accountId, statementId }: Sender) => ({
  StatementId: statementId,
  Action: "lambda:InvokeFunction",
  Principal: principal,
  SourceArn: arn,
  ...(accountId !== undefined && { SourceAccount: accountId }),
});

const statementFor = ({ principal, arn, accountId, statementId }: Sender, Action: string, Resource: string) => ({
  Sid: statementId,
  Effect: "Allow",
  Principal: { Service: principal },
  Action,
  Resource,
  Condition: {
    ArnLike: { "aws:SourceArn": arn },
    ...(accountId !== undefined && { StringEquals: { "aws:SourceAccount": accountId } }),
  },
});

/** Lets a sender in by the receiver's policy. A statement that it has already will do. Answers whether one was added. */
export const permit = (sender: Sender, kind: ReceiverKind, arn: string): Promise<boolean> => permitters[kind](sender, arn);

const permitters: Readonly<Record<ReceiverKind, (sender: Sender, arn: string) => Promise<boolean>>> = {
  async lambda(sender, arn) {
    try {
      await send("lambda", "AddPermission", { ...functionOf(arn), ...permissionFor(sender) });
      return true;
    } catch (error) {
      if (problemOf(error).kind !== "conflict") throw error;
      return false;
    }
  },
  async sqs(sender, arn) {
    const { QueueUrl } = await send("sqs", "GetQueueUrl", { QueueName: arn.split(":").at(-1) ?? "" });
    const { Attributes } = await send("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] });
    const Policy = withStatement(Attributes?.Policy, statementFor(sender, "sqs:SendMessage", arn));
    if (Policy !== undefined) await send("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
    return Policy !== undefined;
  },
  async sns(sender, arn) {
    const { Attributes } = await send("sns", "GetTopicAttributes", { TopicArn: arn });
    const policy = withStatement(Attributes?.["Policy"], statementFor(sender, "sns:Publish", arn));
    if (policy !== undefined) await send("sns", "SetTopicAttributes", { TopicArn: arn, AttributeName: "Policy", AttributeValue: policy });
    return policy !== undefined;
  },
};

interface Policy {
  readonly Statement?: readonly { readonly Sid?: string }[];
}

/** A policy with one more statement; undefined if it has one of that name. */
function withStatement(text: string | undefined, statement: { readonly Sid: string }): string | undefined {
  const policy = JSON.parse(text || "{}") as Policy;
  const before = [policy.Statement ?? []].flat();
  if (before.some(({ Sid }) => Sid === statement.Sid)) return undefined;
  return JSON.stringify({ Version: "2012-10-17", ...policy, Statement: [...before, statement] });
}

/** Takes back what `permit` gave to a function. */
export async function forbidFunction({ statementId }: Pick<Sender, "statementId">, functionArn: string): Promise<void> {
  try {
    await send("lambda", "RemovePermission", { ...functionOf(functionArn), StatementId: statementId });
  } catch (error) {
    if (problemOf(error).kind !== "not-found") throw error;
  }
}

/** What the aws CLI would be told to give the permission. */
export function permissionCommand(sender: Sender, kind: ReceiverKind, arn: string): string {
  if (kind === "sqs") {
    const Policy = policyOf(sender, "sqs:SendMessage", arn);
    return cliCommand("sqs", "set-queue-attributes", { "queue-url": arn.split(":").at(-1) || "URL", attributes: { Policy } });
  }
  if (kind === "sns")
    return cliCommand("sns", "set-topic-attributes", {
      "topic-arn": arn || "ARN",
      "attribute-name": "Policy",
      "attribute-value": policyOf(sender, "sns:Publish", arn),
    });
  const { StatementId, Action, Principal, SourceArn, SourceAccount } = permissionFor(sender);
  const { FunctionName, Qualifier } = functionOf(arn);
  return cliCommand("lambda", "add-permission", {
    "function-name": FunctionName || "NAME",
    qualifier: Qualifier,
    "statement-id": StatementId,
    action: Action,
    principal: Principal,
    "source-arn": SourceArn || "ARN",
    "source-account": SourceAccount,
  });
}

const policyOf = (sender: Sender, action: string, resource: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statementFor(sender, action, resource)] });
