import { readFileSync } from "node:fs";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import * as sqs from "@aws-sdk/client-sqs";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectError } from "./expect-error.ts";
import { makeQueue } from "./sqs-queues.ts";

const model = JSON.parse(readFileSync(new URL("../../packages/wire/src/generated/sqs.json", import.meta.url), "utf8")) as {
  readonly operations: Readonly<Record<string, unknown>>;
};

const SourceArn = "arn:aws:sqs:us-east-1:123456789012:guarded";
const TaskHandle = Buffer.from(JSON.stringify({ taskId: "none", sourceArn: SourceArn })).toString("base64");
const entry = { Id: "1", MessageBody: "x", ReceiptHandle: "x", VisibilityTimeout: 0 };

/** A request of each operation, and the permission that it asks for where that is another's name. */
const requests = {
  AddPermission: { Label: "l", AWSAccountIds: ["111122223333"], Actions: ["SendMessage"] },
  CancelMessageMoveTask: { TaskHandle },
  ChangeMessageVisibility: { ReceiptHandle: "x", VisibilityTimeout: 0 },
  ChangeMessageVisibilityBatch: { Entries: [entry] },
  CreateQueue: { QueueName: "guarded" },
  DeleteMessage: { ReceiptHandle: "x" },
  DeleteMessageBatch: { Entries: [entry] },
  DeleteQueue: {},
  GetQueueAttributes: { AttributeNames: ["All"] },
  GetQueueUrl: { QueueName: "guarded" },
  ListDeadLetterSourceQueues: {},
  ListMessageMoveTasks: { SourceArn },
  ListQueueTags: {},
  ListQueues: {},
  PurgeQueue: {},
  ReceiveMessage: {},
  RemovePermission: { Label: "l" },
  SendMessage: { MessageBody: "x" },
  SendMessageBatch: { Entries: [entry] },
  SetQueueAttributes: { Attributes: { DelaySeconds: "0" } },
  StartMessageMoveTask: { SourceArn },
  TagQueue: { Tags: { a: "b" } },
  UntagQueue: { TagKeys: ["a"] },
} as const;
const actionOf = (operation: string): string => `sqs:${operation.replace(/Batch$/, "")}`;

let server: ServerProcess;
let root: Clients;
let user: Clients;
let QueueUrl: string;

beforeAll(async () => {
  server = await startServerProcess();
  root = clientsFor(server);
  QueueUrl = await makeQueue(root.sqs, "guarded");
  await root.iam.send(new CreateUserCommand({ UserName: "worker" }));
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName: "worker" }));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  user = clientsFor({ url: server.url, credentials: { accessKeyId, secretAccessKey } });
});
afterAll(async () => {
  root.destroy();
  user.destroy();
  await server.dispose();
});

const allow = (Action: string, Resource = "*") =>
  root.iam.send(
    new PutUserPolicyCommand({
      UserName: "worker",
      PolicyName: "p",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }),
    }),
  );

function call(operation: keyof typeof requests): Promise<unknown> {
  const Command = (sqs as unknown as Record<string, new (input: unknown) => never>)[`${operation}Command`];
  if (Command === undefined) throw new Error(`The SDK has no ${operation}`);
  return user.sqs.send(new Command({ QueueUrl, ...requests[operation] }));
}

test("there is a request of each operation", () => {
  expect(Object.keys(requests)).toEqual(Object.keys(model.operations).sort());
});

describe("a user", () => {
  test.each(Object.keys(requests) as (keyof typeof requests)[])(
    "without permission is denied %s, and with it is not",
    async (operation) => {
      const action = actionOf(operation);
      await allow("sqs:Nothing");
      const refusal = await expectError(call(operation), "AccessDenied", 403);
      expect(refusal.message).toContain(`not authorized to perform: ${action} on resource: `);
      // A deletion is left for the end, or the others find nothing.
      if (operation === "DeleteQueue") return;
      await allow(action);
      const outcome = await call(operation).then(
        () => "allowed",
        (error: Error) => error,
      );
      if (outcome instanceof Error) expect(outcome.message).not.toContain(`perform: ${action} `);
    },
  );
});

describe("a queue's policy", () => {
  const userArn = "arn:aws:iam::123456789012:user/worker";
  const setPolicy = (Statement: object) =>
    root.sqs.send(
      new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) } }),
    );

  test("lets somebody do what no policy of his own lets him, and forbids what one does", async () => {
    await allow("sqs:Nothing");
    await setPolicy({ Effect: "Allow", Principal: { AWS: userArn }, Action: "SQS:SendMessage", Resource: SourceArn });
    await call("SendMessage");
    await call("SendMessageBatch");
    await expectError(call("ReceiveMessage"), "AccessDenied", 403);
    await allow("sqs:*");
    await setPolicy({ Effect: "Deny", Principal: "*", Action: "sqs:SendMessage", Resource: "*" });
    await expectError(call("SendMessage"), "AccessDenied", 403, /explicit deny/);
    await call("ReceiveMessage");
    await root.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } }));
    await call("SendMessage");
  });

  test("is refused if it is none", async () => {
    for (const Policy of ["{}", "x", '{"Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}']) {
      await expectError(
        root.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } })),
        "InvalidAttributeValue",
        400,
        "Invalid value for the parameter Policy.",
      );
    }
  });

  test("is made by AddPermission and RemovePermission", async () => {
    const policy = async (): Promise<unknown> => {
      const { Attributes } = await root.sqs.send(new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] }));
      return Attributes?.["Policy"] === undefined ? undefined : (JSON.parse(Attributes["Policy"]) as unknown);
    };
    const add = (Label: string, AWSAccountIds: string[], Actions: string[]) =>
      root.sqs.send(new sqs.AddPermissionCommand({ QueueUrl, Label, AWSAccountIds, Actions }));
    await root.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } }));
    await add("share", ["111122223333", "123456789012"], ["ReceiveMessage"]);
    expect(await policy()).toEqual({
      Version: "2008-10-17",
      Id: `${SourceArn}/SQSDefaultPolicy`,
      Statement: [
        {
          Sid: "share",
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::111122223333:root", "arn:aws:iam::123456789012:root"] },
          Action: "SQS:ReceiveMessage",
          Resource: SourceArn,
        },
      ],
    });
    const invalid = (call: Promise<unknown>, message: string) => expectError(call, "InvalidParameterValue", 400, message);
    await invalid(add("share", ["111122223333"], ["SendMessage"]), "Value share for parameter Label is invalid. Reason: Already exists.");
    await invalid(
      add("owner", ["111122223333"], ["CreateQueue"]),
      "Value SQS:CreateQueue for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.",
    );
    await root.sqs.send(new sqs.RemovePermissionCommand({ QueueUrl, Label: "share" }));
    expect(await policy()).toBeUndefined();
    await invalid(
      root.sqs.send(new sqs.RemovePermissionCommand({ QueueUrl, Label: "share" })),
      "Value share for parameter Label is invalid. Reason: can't find label.",
    );
  });
});

test("a tag decides who may use a queue", async () => {
  await root.sqs.send(new sqs.TagQueueCommand({ QueueUrl, Tags: { team: "red" } }));
  const policyFor = (team: string) =>
    root.iam.send(
      new PutUserPolicyCommand({
        UserName: "worker",
        PolicyName: "p",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*", Condition: { StringEquals: { "aws:ResourceTag/team": team } } }],
        }),
      }),
    );
  await policyFor("blue");
  await expectError(call("SendMessage"), "AccessDenied", 403);
  await policyFor("red");
  await call("SendMessage");
});
