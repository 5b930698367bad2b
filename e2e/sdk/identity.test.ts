import * as iam from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { CreateFunctionCommand, InvokeCommand, ListFunctionsCommand, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { beforeAll, describe, expect, test } from "vitest";
import { clientsFor, startServerProcess, zipOf, type Clients } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const account = "123456789012";
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:guarded`;

const { server, clients: root } = serveTests();
beforeAll(async () => {
  await root.lambda.send(
    new CreateFunctionCommand({
      FunctionName: "guarded",
      Runtime: "python3.9",
      Role: `arn:aws:iam::${account}:role/execution_role`,
      Handler: "main.handler",
      Code: { ZipFile: await zipOf({ "main.py": "def handler(e, c):\n    return 'in'\n" }) },
    }),
  );
  await waitUntilFunctionActiveV2({ client: root.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName: "guarded" });
});

/** A policy that says one thing. */
const policy = (Effect: "Allow" | "Deny", Action: string, Resource = "*", Condition?: unknown): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource, ...(Condition !== undefined && { Condition }) }] });

/** A new user with an access key, and clients that sign with it. */
async function userClients(UserName: string): Promise<Clients> {
  await root.iam.send(new iam.CreateUserCommand({ UserName }));
  const { AccessKey } = await root.iam.send(new iam.CreateAccessKeyCommand({ UserName }));
  return clientsFor({
    url: server.url,
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
}

const invokeGuarded = (clients: Clients) => clients.lambda.send(new InvokeCommand({ FunctionName: "guarded", Payload: Buffer.from("{}") }));

describe("what policies say", () => {
  test("a user without lambda:InvokeFunction is denied in AWS's words, and let in by a policy", async () => {
    const clients = await userClients("ann");
    await expectError(
      invokeGuarded(clients),
      "AccessDeniedException",
      403,
      `User: arn:aws:iam::${account}:user/ann is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no identity-based policy allows the lambda:InvokeFunction action`,
    );
    await root.iam.send(
      new iam.PutUserPolicyCommand({
        UserName: "ann",
        PolicyName: "invoke",
        PolicyDocument: policy("Allow", "lambda:InvokeFunction", functionArn),
      }),
    );
    expect(Buffer.from((await invokeGuarded(clients)).Payload ?? []).toString()).toBe('"in"');
    await root.iam.send(new iam.PutUserPolicyCommand({ UserName: "ann", PolicyName: "no", PolicyDocument: policy("Deny", "lambda:*") }));
    await expectError(
      invokeGuarded(clients),
      "AccessDeniedException",
      403,
      `User: arn:aws:iam::${account}:user/ann is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} with an explicit deny in an identity-based policy`,
    );
    clients.destroy();
  });

  test("conditions are obeyed", async () => {
    const clients = await userClients("bob");
    const onlyFromElsewhere = policy("Allow", "lambda:InvokeFunction", "*", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } });
    await root.iam.send(new iam.PutUserPolicyCommand({ UserName: "bob", PolicyName: "p", PolicyDocument: onlyFromElsewhere }));
    await expectError(invokeGuarded(clients), "AccessDeniedException", 403);
    const fromHere = policy("Allow", "lambda:InvokeFunction", "*", {
      IpAddress: { "aws:SourceIp": "127.0.0.0/8" },
      StringEquals: { "aws:username": "bob" },
    });
    await root.iam.send(new iam.PutUserPolicyCommand({ UserName: "bob", PolicyName: "p", PolicyDocument: fromHere }));
    await invokeGuarded(clients);
    clients.destroy();
  });

  test("managed policies can be attached and detached", async () => {
    const clients = await userClients("cho");
    const PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaRole";
    await root.iam.send(new iam.AttachUserPolicyCommand({ UserName: "cho", PolicyArn }));
    await invokeGuarded(clients);
    await expectError(clients.lambda.send(new ListFunctionsCommand({})), "AccessDeniedException", 403);
    await root.iam.send(new iam.DetachUserPolicyCommand({ UserName: "cho", PolicyArn }));
    await expectError(invokeGuarded(clients), "AccessDeniedException", 403);
    clients.destroy();
  });

  test("an access key that is made inactive or deleted stops working", async () => {
    const clients = await userClients("dee");
    await clients.sts.send(new GetCallerIdentityCommand({}));
    const { AccessKeyMetadata } = await root.iam.send(new iam.ListAccessKeysCommand({ UserName: "dee" }));
    const AccessKeyId = AccessKeyMetadata?.[0]?.AccessKeyId ?? "";
    await root.iam.send(new iam.UpdateAccessKeyCommand({ UserName: "dee", AccessKeyId, Status: "Inactive" }));
    await expectError(
      clients.sts.send(new GetCallerIdentityCommand({})),
      "InvalidClientTokenId",
      403,
      "The security token included in the request is invalid.",
    );
    await root.iam.send(new iam.DeleteAccessKeyCommand({ UserName: "dee", AccessKeyId }));
    await expectError(
      clients.lambda.send(new ListFunctionsCommand({})),
      "UnrecognizedClientException",
      403,
      "The security token included in the request is invalid.",
    );
    clients.destroy();
  });
});

describe("roles", () => {
  const trust = (principal: unknown): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }] });

  test("a role is assumed by whom it trusts, and may do what its policies say", async () => {
    const clients = await userClients("eve");
    const { Role } = await root.iam.send(
      new iam.CreateRoleCommand({ RoleName: "invoker", AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${account}:user/eve` }) }),
    );
    await root.iam.send(
      new iam.PutRolePolicyCommand({
        RoleName: "invoker",
        PolicyName: "p",
        PolicyDocument: policy("Allow", "lambda:InvokeFunction", functionArn),
      }),
    );
    const { Credentials, AssumedRoleUser } = await clients.sts.send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "s1", DurationSeconds: 900 }),
    );
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/invoker/s1`);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
    const session = clientsFor({ url: server.url, credentials });
    await invokeGuarded(session);
    expect(await session.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: account,
      Arn: AssumedRoleUser?.Arn,
      UserId: `${Role?.RoleId}:s1`,
    });
    await expectError(
      session.lambda.send(new ListFunctionsCommand({})),
      "AccessDeniedException",
      403,
      `User: ${AssumedRoleUser?.Arn} is not authorized to perform: lambda:ListFunctions on resource: * because no identity-based policy allows the lambda:ListFunctions action`,
    );
    const stranger = await userClients("mallory");
    await expectError(
      stranger.sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "s2" })),
      "AccessDenied",
      403,
      /^User: arn:aws:iam::123456789012:user\/mallory is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role\/invoker/,
    );
    const forged = clientsFor({
      url: server.url,
      credentials: { ...credentials, sessionToken: `${credentials.sessionToken.slice(0, -4)}AAAA` },
    });
    await expectError(forged.sts.send(new GetCallerIdentityCommand({})), "InvalidClientTokenId", 403);
    for (const used of [clients, session, stranger, forged]) used.destroy();
  });

  test("IAM's conflicts come in its words", async () => {
    const AssumeRolePolicyDocument = trust({ Service: "lambda.amazonaws.com" });
    await root.iam.send(new iam.CreateRoleCommand({ RoleName: "conflicting", AssumeRolePolicyDocument }));
    await expectError(
      root.iam.send(new iam.CreateRoleCommand({ RoleName: "conflicting", AssumeRolePolicyDocument })),
      "EntityAlreadyExistsException",
      409,
      "Role with name conflicting already exists.",
    );
    await root.iam.send(
      new iam.AttachRolePolicyCommand({
        RoleName: "conflicting",
        PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      }),
    );
    await expectError(
      root.iam.send(new iam.DeleteRoleCommand({ RoleName: "conflicting" })),
      "DeleteConflictException",
      409,
      "Cannot delete entity, must detach all policies first.",
    );
    await expectError(
      root.iam.send(new iam.GetRoleCommand({ RoleName: "nobody" })),
      "NoSuchEntityException",
      404,
      "The role with name nobody cannot be found.",
    );
    await expectError(
      root.iam.send(new iam.CreateRoleCommand({ RoleName: "broken", AssumeRolePolicyDocument: "{" })),
      "MalformedPolicyDocumentException",
      400,
    );
  });

  test("the first start made execution_role as the walkthrough needs it", async () => {
    const { Role } = await root.iam.send(new iam.GetRoleCommand({ RoleName: "execution_role" }));
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""))).toMatchObject({
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
    const { AttachedPolicies } = await root.iam.send(new iam.ListAttachedRolePoliciesCommand({ RoleName: "execution_role" }));
    expect(AttachedPolicies).toEqual([
      { PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" },
    ]);
  });
});

describe("signatures", () => {
  test("each kind of wrong credentials gets AWS's error", async () => {
    const unknownKey = clientsFor({ url: server.url, credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" } });
    await expectError(
      unknownKey.lambda.send(new ListFunctionsCommand({})),
      "UnrecognizedClientException",
      403,
      "The security token included in the request is invalid.",
    );
    await expectError(
      unknownKey.iam.send(new iam.ListRolesCommand({})),
      "InvalidClientTokenId",
      403,
      "The security token included in the request is invalid.",
    );
    const wrongSecret = clientsFor({ url: server.url, credentials: { ...server.credentials, secretAccessKey: "wrong" } });
    await expectError(
      wrongSecret.lambda.send(new ListFunctionsCommand({})),
      "InvalidSignatureException",
      403,
      /^The request signature we calculated does not match the signature you provided\./,
    );
    await expectError(
      wrongSecret.sts.send(new GetCallerIdentityCommand({})),
      "SignatureDoesNotMatch",
      403,
      /^The request signature we calculated does not match the signature you provided\./,
    );
    unknownKey.destroy();
    wrongSecret.destroy();
  });

  test("an unsigned request is refused", async () => {
    const response = await fetch(`${server.url}/2015-03-31/functions/`);
    expect(response.status).toBe(403);
    expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a clock that is off by more than five minutes is told so", async () => {
    const late = clientsFor(server);
    late.lambda.config.systemClockOffset = -6 * 60_000;
    await expectError(
      late.lambda.send(new ListFunctionsCommand({})),
      "InvalidSignatureException",
      403,
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z/,
    );
    late.destroy();
  });

  test("GetSessionToken gives credentials that work as their owner", async () => {
    const { Credentials } = await root.sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    const session = clientsFor({
      url: server.url,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      },
    });
    expect((await session.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:iam::${account}:root`);
    session.destroy();
  });
});

describe("worlds", () => {
  test("each region is a world of its own", async () => {
    const elsewhere = clientsFor(server, "eu-central-1");
    expect((await elsewhere.lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
    await expectError(
      elsewhere.lambda.send(new InvokeCommand({ FunctionName: functionArn })),
      "ResourceNotFoundException",
      404,
      "Functions from 'us-east-1' are not reachable in this region ('eu-central-1')",
    );
    elsewhere.destroy();
  });

  test("with --auth open, a 12-digit key is the account, any other key the default one", async () => {
    const open = await startServerProcess({ arguments: ["--auth", "open", "--ephemeral"] });
    const other = clientsFor({ url: open.url, credentials: { accessKeyId: "000000000042", secretAccessKey: "any" } });
    const any = clientsFor({ url: open.url, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
    expect((await other.sts.send(new GetCallerIdentityCommand({}))).Account).toBe("000000000042");
    expect((await any.sts.send(new GetCallerIdentityCommand({}))).Account).toBe(account);
    await other.iam.send(new iam.CreateUserCommand({ UserName: "only-here" }));
    await expectError(any.iam.send(new iam.GetUserCommand({ UserName: "only-here" })), "NoSuchEntityException", 404);
    const reset = await fetch(`${open.url}/_mayfly/reset`, { method: "POST" });
    expect(reset.status).toBe(200);
    await expectError(other.iam.send(new iam.GetUserCommand({ UserName: "only-here" })), "NoSuchEntityException", 404);
    await any.iam.send(new iam.GetRoleCommand({ RoleName: "execution_role" }));
    other.destroy();
    any.destroy();
    await open.dispose();
  });

  test("without --auth open nobody can reset it", async () => {
    expect((await fetch(`${server.url}/_mayfly/reset`, { method: "POST" })).status).toBe(403);
    await root.iam.send(new iam.GetRoleCommand({ RoleName: "execution_role" }));
  });
});
