import type { PolicyDocument, PolicyStatement } from "@mayfly/kernel";
import { Fault } from "@mayfly/kernel";
import { invalidValue } from "../faults.ts";
import { limits } from "../limits.ts";
import { queueArn, type Queue } from "../queues/queue.ts";

/** What another account can be let do; the rest is the owner's alone. */
const sharedActions: ReadonlySet<string> = new Set([
  "*",
  "SendMessage",
  "ReceiveMessage",
  "DeleteMessage",
  "ChangeMessageVisibility",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
]);

interface Permission {
  readonly Label: string;
  readonly AWSAccountIds: readonly string[];
  readonly Actions: readonly string[];
}

const oneOrMany = (items: readonly string[]): string | readonly string[] => (items.length === 1 ? (items[0] as string) : items);

/** The statement that AddPermission makes. @throws Fault InvalidParameterValue, OverLimit */
function statementOf(queue: Queue, { Label, AWSAccountIds, Actions }: Permission): PolicyStatement {
  if (!/^[\w-]{1,80}$/.test(Label))
    throw invalidValue("Label", Label, "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
  if (Actions.length === 0 || Actions.length > limits.policyActionCount)
    throw new Fault("OverLimit", `${Actions.length} Actions were found, maximum allowed is ${limits.policyActionCount}.`);
  if (AWSAccountIds.length > limits.policyPrincipalCount)
    throw new Fault("OverLimit", `${AWSAccountIds.length} principals were found, maximum allowed is ${limits.policyPrincipalCount}.`);
  const forbidden = Actions.find((action) => !sharedActions.has(action));
  if (forbidden !== undefined)
    throw invalidValue("ActionName", `SQS:${forbidden}`, "Only the queue owner is allowed to invoke this action.");
  const unknown = AWSAccountIds.find((id) => !/^\d{12}$/.test(id));
  if (AWSAccountIds.length === 0 || unknown !== undefined) throw invalidValue("PrincipalId", `[${unknown ?? ""}]`, "Unable to verify.");
  return {
    Sid: Label,
    Effect: "Allow",
    Principal: { AWS: oneOrMany(AWSAccountIds.map((id) => `arn:aws:iam::${id}:root`)) },
    Action: oneOrMany(Actions.map((action) => `SQS:${action}`)),
    Resource: queueArn(queue),
  };
}

const statementsOf = ({ policy }: Queue): readonly PolicyStatement[] => (policy === undefined ? [] : [policy.Statement].flat());

/** A queue's policy with one more statement. @throws Fault InvalidParameterValue, OverLimit */
export function withPermission(queue: Queue, permission: Permission): string {
  const before = statementsOf(queue);
  if (before.some(({ Sid }) => Sid === permission.Label)) throw invalidValue("Label", permission.Label, "Already exists.");
  if (before.length >= limits.policyStatementCount)
    throw new Fault("OverLimit", `${before.length + 1} statements were found, maximum allowed is ${limits.policyStatementCount}.`);
  const document: PolicyDocument = {
    Version: queue.policy?.Version ?? "2008-10-17",
    Id: queue.policy?.Id ?? `${queueArn(queue)}/SQSDefaultPolicy`,
    Statement: [...before, statementOf(queue, permission)],
  };
  return JSON.stringify(document);
}

/** The policy without a statement; undefined if nothing is left. @throws Fault InvalidParameterValue */
export function withoutPermission(queue: Queue, label: string): string | undefined {
  const before = statementsOf(queue);
  const left = before.filter(({ Sid }) => Sid !== label);
  if (left.length === before.length) throw invalidValue("Label", label, "can't find label.");
  return left.length === 0 ? undefined : JSON.stringify({ ...queue.policy, Statement: left });
}
