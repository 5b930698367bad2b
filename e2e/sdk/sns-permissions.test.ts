import { readFileSync } from "node:fs";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import * as sns from "@aws-sdk/client-sns";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectError } from "./expect-error.ts";

const model = JSON.parse(readFileSync(new URL("../../packages/wire/src/generated/sns.json", import.meta.url), "utf8")) as {
  readonly operations: Readonly<Record<string, unknown>>;
};

const TopicArn = "arn:aws:sns:us-east-1:123456789012:guarded";
const queueArn = "arn:aws:sqs:us-east-1:123456789012:q";
const SubscriptionArn = `${TopicArn}:00000000-0000-4000-8000-000000000000`;
const PlatformApplicationArn = "arn:aws:sns:us-east-1:123456789012:app/GCM/none";
const EndpointArn = "arn:aws:sns:us-east-1:123456789012:endpoint/GCM/none/1";
const phone = "+15551234567";

/** A request of each operation. */
const requests = {
  AddPermission: { TopicArn, Label: "l", AWSAccountId: ["111122223333"], ActionName: ["Publish"] },
  CheckIfPhoneNumberIsOptedOut: { phoneNumber: phone },
  ConfirmSubscription: { TopicArn, Token: "0".repeat(224) },
  CreatePlatformApplication: { Name: "a", Platform: "GCM", Attributes: { PlatformCredential: "x" } },
  CreatePlatformEndpoint: { PlatformApplicationArn, Token: "x" },
  CreateSMSSandboxPhoneNumber: { PhoneNumber: phone },
  CreateTopic: { Name: "guarded" },
  DeleteEndpoint: { EndpointArn },
  DeletePlatformApplication: { PlatformApplicationArn },
  DeleteSMSSandboxPhoneNumber: { PhoneNumber: phone },
  DeleteTopic: { TopicArn },
  GetDataProtectionPolicy: { ResourceArn: TopicArn },
  GetEndpointAttributes: { EndpointArn },
  GetPlatformApplicationAttributes: { PlatformApplicationArn },
  GetSMSAttributes: {},
  GetSMSSandboxAccountStatus: {},
  GetSubscriptionAttributes: { SubscriptionArn },
  GetTopicAttributes: { TopicArn },
  ListEndpointsByPlatformApplication: { PlatformApplicationArn },
  ListOriginationNumbers: {},
  ListPhoneNumbersOptedOut: {},
  ListPlatformApplications: {},
  ListSMSSandboxPhoneNumbers: {},
  ListSubscriptions: {},
  ListSubscriptionsByTopic: { TopicArn },
  ListTagsForResource: { ResourceArn: TopicArn },
  ListTopics: {},
  OptInPhoneNumber: { phoneNumber: phone },
  Publish: { TopicArn, Message: "x" },
  PublishBatch: { TopicArn, PublishBatchRequestEntries: [{ Id: "1", Message: "x" }] },
  PutDataProtectionPolicy: { ResourceArn: TopicArn, DataProtectionPolicy: '{"Statement":[]}' },
  RemovePermission: { TopicArn, Label: "l" },
  SetEndpointAttributes: { EndpointArn, Attributes: { Enabled: "true" } },
  SetPlatformApplicationAttributes: { PlatformApplicationArn, Attributes: { Enabled: "true" } },
  SetSMSAttributes: { attributes: { DefaultSMSType: "Promotional" } },
  SetSubscriptionAttributes: { SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue: "true" },
  SetTopicAttributes: { TopicArn, AttributeName: "DisplayName", AttributeValue: "x" },
  Subscribe: { TopicArn, Protocol: "sqs", Endpoint: queueArn },
  TagResource: { ResourceArn: TopicArn, Tags: [{ Key: "a", Value: "b" }] },
  Unsubscribe: { SubscriptionArn },
  UntagResource: { ResourceArn: TopicArn, TagKeys: ["a"] },
  VerifySMSSandboxPhoneNumber: { PhoneNumber: phone, OneTimePassword: "12345" },
} as const;
type Name = keyof typeof requests;
const actionOf = (operation: string): string => `SNS:${operation.replace(/Batch$/, "")}`;

let server: ServerProcess;
let root: Clients;
let user: Clients;

beforeAll(async () => {
  server = await startServerProcess();
  root = clientsFor(server);
  await root.sns.send(new sns.CreateTopicCommand({ Name: "guarded" }));
  user = await newUser("worker");
});
afterAll(async () => {
  root.destroy();
  user.destroy();
  await server.dispose();
});

async function newUser(UserName: string): Promise<Clients> {
  await root.iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  return clientsFor({ url: server.url, credentials: { accessKeyId, secretAccessKey } });
}

const allow = (Action: string | readonly string[], Condition?: object) =>
  root.iam.send(
    new PutUserPolicyCommand({
      UserName: "worker",
      PolicyName: "p",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*", Condition }] }),
    }),
  );

function call(operation: Name, more: object = {}): Promise<unknown> {
  const Command = (sns as unknown as Record<string, new (input: unknown) => never>)[`${operation}Command`];
  if (Command === undefined) throw new Error(`The SDK has no ${operation}`);
  return user.sns.send(new Command({ ...requests[operation], ...more }));
}

const expectDenied = (operation: Name, message?: RegExp) => expectError(call(operation), "AuthorizationErrorException", 403, message);

test("there is a request of each operation", () => {
  expect(Object.keys(requests)).toEqual(Object.keys(model.operations).sort());
});

describe("a user", () => {
  test.each(Object.keys(requests) as Name[])("without permission is denied %s, and with it is not", async (operation) => {
    const action = actionOf(operation);
    await allow("sns:Nothing");
    const refusal = await expectDenied(operation);
    expect(refusal.message).toContain(`not authorized to perform: ${action} on resource: `);
    await allow(action.replace("SNS", "sns"));
    const outcome = await call(operation).then(
      () => "allowed",
      (error: Error) => error,
    );
    if (outcome instanceof Error) expect(outcome.message).not.toContain("not authorized");
    // The others need it.
    if (operation === "DeleteTopic") await root.sns.send(new sns.CreateTopicCommand({ Name: "guarded" }));
  });
});

describe("a topic's policy", () => {
  const userArn = "arn:aws:iam::123456789012:user/worker";
  const setPolicy = (Statement?: object) =>
    root.sns.send(
      new sns.SetTopicAttributesCommand({
        TopicArn,
        AttributeName: "Policy",
        AttributeValue: Statement && JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    );

  test("lets somebody do what no policy of his own lets him, and forbids what one does", async () => {
    await allow("sns:Nothing");
    await setPolicy({ Effect: "Allow", Principal: { AWS: userArn }, Action: "SNS:Publish", Resource: TopicArn });
    await call("Publish");
    await call("PublishBatch");
    await expectDenied("GetTopicAttributes");
    await allow("sns:*");
    await setPolicy({ Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: "*" });
    await expectDenied("Publish", /explicit deny/);
    await call("GetTopicAttributes");
    await setPolicy();
    await call("Publish");
  });

  test("lets nobody in by default", async () => {
    await allow("sns:Nothing");
    await expectDenied("Publish", /no identity-based policy allows the SNS:Publish action/);
  });

  test("is refused if it is none", async () => {
    for (const AttributeValue of ["{}", "x", '{"Statement":[{"Effect":"Allow","Action":"sns:*","Resource":"*"}]}']) {
      await expectError(
        root.sns.send(new sns.SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue })),
        "InvalidParameterException",
        400,
        /^Invalid parameter: Policy Reason: /,
      );
    }
  });
});

test("who may subscribe what is decided by protocol and endpoint", async () => {
  await allow("sns:Subscribe", { StringEquals: { "sns:Protocol": "sqs" }, StringLike: { "sns:Endpoint": "arn:aws:sqs:*:123456789012:*" } });
  await call("Subscribe");
  for (const more of [{ Protocol: "https", Endpoint: "https://example.com/" }, { Endpoint: "arn:aws:sqs:us-east-1:111122223333:q" }])
    await expectError(call("Subscribe", more), "AuthorizationErrorException", 403);
});

test("a tag decides who may use a topic", async () => {
  await root.sns.send(new sns.TagResourceCommand({ ResourceArn: TopicArn, Tags: [{ Key: "team", Value: "red" }] }));
  await allow("sns:*", { StringEquals: { "aws:ResourceTag/team": "blue" } });
  await expectDenied("Publish");
  await allow("sns:*", { StringEquals: { "aws:ResourceTag/team": "red" } });
  await call("Publish");
});

test("a tag decides what may be made", async () => {
  const make = (Value: string) => user.sns.send(new sns.CreateTopicCommand({ Name: `of-${Value}`, Tags: [{ Key: "team", Value }] }));
  const red = { StringEquals: { "aws:RequestTag/team": "red" } };
  await allow("sns:CreateTopic", red);
  await expectError(make("red"), "AuthorizationErrorException", 403, /not authorized to perform: SNS:TagResource on resource: \S+:of-red/);
  await allow(["sns:CreateTopic", "sns:TagResource"], red);
  await make("red");
  await expectError(make("blue"), "AuthorizationErrorException", 403);
});
