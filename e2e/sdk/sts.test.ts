import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientsFor, type Clients } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const account = "123456789012";

const { server, clients: root } = serveTests();
let user: Clients;
let userKey: string;
beforeAll(async () => {
  await root.iam.send(new CreateUserCommand({ UserName: "ann" }));
  await root.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }));
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  userKey = AccessKey?.AccessKeyId ?? "";
  user = clientsFor({ url: server.url, credentials: { accessKeyId: userKey, secretAccessKey: AccessKey?.SecretAccessKey ?? "" } });
  const trust = (principal: unknown): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }] });
  await root.iam.send(
    new CreateRoleCommand({
      RoleName: "assumed",
      AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${account}:root` }),
      MaxSessionDuration: 7200,
    }),
  );
  await root.iam.send(new CreateRoleCommand({ RoleName: "lambdas", AssumeRolePolicyDocument: trust({ Service: "lambda.amazonaws.com" }) }));
});
afterAll(async () => {
  user.destroy();
});

const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

test("GetCallerIdentity says who calls, without any permission", async () => {
  expect(await root.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: account,
    UserId: account,
    Arn: `arn:aws:iam::${account}:root`,
  });
  expect(await user.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: account,
    Arn: `arn:aws:iam::${account}:user/ann`,
  });
});

test("AssumeRole gives credentials for as long as was asked", async () => {
  const { Credentials, AssumedRoleUser } = await user.sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn("assumed"), RoleSessionName: "s1", DurationSeconds: 7200 }),
  );
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/assumed/s1`);
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA/);
  expect(Math.abs((Credentials?.Expiration?.getTime() ?? 0) - Date.now() - 7_200_000)).toBeLessThan(60_000);
});

test("AssumeRole refuses what AWS refuses", async () => {
  const assume = (name: string, more: object = {}) =>
    user.sts.send(new AssumeRoleCommand({ RoleArn: roleArn(name), RoleSessionName: "s1", ...more }));
  await expectError(
    assume("assumed", { DurationSeconds: 7201 }),
    "ValidationError",
    400,
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  );
  await expectError(
    assume("assumed", { DurationSeconds: 1 }),
    "ValidationError",
    400,
    /'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900$/,
  );
  await expectError(
    assume("lambdas"),
    "AccessDenied",
    403,
    `User: arn:aws:iam::${account}:user/ann is not authorized to perform: sts:AssumeRole on resource: ${roleArn("lambdas")}`,
  );
  await expectError(
    assume("nobody"),
    "AccessDenied",
    403,
    `User: arn:aws:iam::${account}:user/ann is not authorized to perform: sts:AssumeRole on resource: ${roleArn("nobody")}`,
  );
  await expectError(assume("assumed", { Policy: "{" }), "MalformedPolicyDocumentException", 400);
});

test("GetSessionToken and GetAccessKeyInfo", async () => {
  const { Credentials } = await user.sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  const session = clientsFor({
    url: server.url,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    },
  });
  expect((await session.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:iam::${account}:user/ann`);
  session.destroy();
  expect((await root.sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: userKey }))).Account).toBe(account);
});

test("an operation that is not there yet is refused, never pretended", async () => {
  await expectError(root.sts.send(new GetFederationTokenCommand({ Name: "x" })), "InvalidAction", 400);
});
