import * as aws from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expect, test } from "vitest";
import { expectError } from "./expect-error.ts";

const profile = "arn:aws:signer:us-east-1:123456789012:/signing-profiles/test";
const missing = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-00000000000000000";
const FunctionName = "signed";

const { clients } = serveTests();

test("unsigned code passes where it is warned of, and is refused where signatures are enforced", async () => {
  const { lambda } = clients;
  const ZipFile = await zipOf({ "index.js": "exports.handler = async () => 1;" });
  const { CodeSigningConfig } = await lambda.send(
    new aws.CreateCodeSigningConfigCommand({ AllowedPublishers: { SigningProfileVersionArns: [profile] }, Description: "release" }),
  );
  expect(CodeSigningConfig).toMatchObject({
    CodeSigningConfigId: expect.stringMatching(/^csc-[a-z0-9]{17}$/) as string,
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Warn" },
  });
  const CodeSigningConfigArn = CodeSigningConfig?.CodeSigningConfigArn;
  const create = (name: string, arn: string | undefined) =>
    lambda.send(
      new aws.CreateFunctionCommand({
        FunctionName: name,
        Runtime: "nodejs24.x",
        Role: "arn:aws:iam::123456789012:role/execution_role",
        Handler: "index.handler",
        Code: { ZipFile },
        CodeSigningConfigArn: arn,
      }),
    );
  await expectError(
    create("other", missing),
    "CodeSigningConfigNotFoundException",
    404,
    `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${missing}.`,
  );
  await create(FunctionName, CodeSigningConfigArn);
  await aws.waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });

  await lambda.send(
    new aws.UpdateCodeSigningConfigCommand({ CodeSigningConfigArn, CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" } }),
  );
  await expectError(
    lambda.send(new aws.UpdateFunctionCodeCommand({ FunctionName, ZipFile })),
    "CodeVerificationFailedException",
    400,
    /^Lambda cannot deploy the function\. .* Check the provided signature for arn:aws:lambda:us-east-1:123456789012:function:signed\.$/,
  );
  const listed = await lambda.send(new aws.ListFunctionsByCodeSigningConfigCommand({ CodeSigningConfigArn }));
  expect(listed.FunctionArns).toEqual([`arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`]);
  await expectError(lambda.send(new aws.DeleteCodeSigningConfigCommand({ CodeSigningConfigArn })), "ResourceConflictException", 409);

  await lambda.send(new aws.DeleteFunctionCodeSigningConfigCommand({ FunctionName }));
  const { CodeSigningConfigArn: none } = await lambda.send(new aws.GetFunctionCodeSigningConfigCommand({ FunctionName }));
  expect(none).toBeUndefined();
  await lambda.send(new aws.UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  await lambda.send(new aws.DeleteCodeSigningConfigCommand({ CodeSigningConfigArn }));
  await expectError(
    lambda.send(new aws.GetCodeSigningConfigCommand({ CodeSigningConfigArn })),
    "ResourceNotFoundException",
    404,
    `The Lambda code signing configuration ${CodeSigningConfigArn} can not be found.`,
  );
});
