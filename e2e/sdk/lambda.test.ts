import { createHash } from "node:crypto";
import * as lambda from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { role, sampleFunctions } from "./sample-functions.ts";

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const { clients } = serveTests();
const { createFunction, active, invoke } = sampleFunctions(clients);

describe("functions", () => {
  test("CreateFunction answers the configuration that AWS answers", async () => {
    const code = await zipOf({ "main.py": "def handler(event, context):\n    return 1\n" });
    const created = await clients.lambda.send(
      new lambda.CreateFunctionCommand({
        FunctionName: "created",
        Runtime: "python3.9",
        Role: role,
        Handler: "main.handler",
        Code: { ZipFile: code },
        Description: "a test",
        Timeout: 7,
        MemorySize: 256,
        Environment: { Variables: { STAGE: "test" } },
        Tags: { team: "a" },
      }),
    );
    expect(created).toMatchObject({
      FunctionName: "created",
      FunctionArn: arnOf("created"),
      Runtime: "python3.9",
      Role: role,
      Handler: "main.handler",
      CodeSize: code.length,
      CodeSha256: createHash("sha256").update(code).digest("base64"),
      Description: "a test",
      Timeout: 7,
      MemorySize: 256,
      Version: "$LATEST",
      Environment: { Variables: { STAGE: "test" } },
      TracingConfig: { Mode: "PassThrough" },
      State: "Pending",
      StateReasonCode: "Creating",
      PackageType: "Zip",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/created" },
    });
    expect(created.$metadata.httpStatusCode).toBe(201);
    expect(created.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    await active("created");
    const { Configuration, Tags } = await clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "created" }));
    expect(Configuration).toMatchObject({ State: "Active", LastUpdateStatus: "Successful" });
    expect(Tags).toEqual({ team: "a" });
  });

  test("CreateFunction refuses what AWS refuses, in its words", async () => {
    await createFunction("taken");
    await expectError(createFunction("taken"), "ResourceConflictException", 409, "Function already exist: taken");
    await expectError(
      createFunction("norole", { Role: "arn:aws:iam::123456789012:role/nobody" }),
      "InvalidParameterValueException",
      400,
      "The role defined for the function cannot be assumed by Lambda.",
    );
    await expectError(
      createFunction("badruntime", { Runtime: "cobol" as lambda.Runtime }),
      "InvalidParameterValueException",
      400,
      /^Value cobol at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[/,
    );
    await expectError(
      clients.lambda.send(
        new lambda.CreateFunctionCommand({
          FunctionName: "notzip",
          Runtime: "python3.9",
          Role: role,
          Handler: "a.b",
          Code: { ZipFile: Buffer.from("no zip") },
        }),
      ),
      "InvalidParameterValueException",
      400,
      "Could not unzip uploaded file. Please check your file, then try to upload again.",
    );
    await expectError(
      createFunction("reserved", { Environment: { Variables: { AWS_REGION: "x" } } }),
      "InvalidParameterValueException",
      400,
      /reserved keys .* AWS_REGION$/,
    );
    await expectError(
      clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "norole" })),
      "ResourceNotFoundException",
      404,
      `Function not found: ${arnOf("norole")}`,
    );
  });

  test("GetFunction's code URL downloads the very zip, without a signature", async () => {
    const { CodeSha256 } = await createFunction("downloaded");
    const { Code } = await clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "downloaded" }));
    expect(Code?.RepositoryType).toBe("S3");
    const response = await fetch(Code?.Location ?? "");
    expect(response.status).toBe(200);
    expect(
      createHash("sha256")
        .update(new Uint8Array(await response.arrayBuffer()))
        .digest("base64"),
    ).toBe(CodeSha256);
    const forged = await fetch((Code?.Location ?? "").replace(/.$/, (last) => (last === "0" ? "1" : "0")));
    expect(forged.status).toBe(403);
  });

  test("a function is found by name, partial ARN and full ARN, and by $LATEST", async () => {
    await createFunction("found");
    for (const FunctionName of ["found", "function:found", "123456789012:function:found", arnOf("found"), "found:$LATEST"]) {
      const configuration = await clients.lambda.send(new lambda.GetFunctionConfigurationCommand({ FunctionName }));
      expect(configuration.FunctionName).toBe("found");
    }
  });

  test("ListFunctions pages through all of them", async () => {
    for (let i = 0; i < 5; i++) await createFunction(`listed-${i}`);
    const names: (string | undefined)[] = [];
    for await (const page of lambda.paginateListFunctions({ client: clients.lambda, pageSize: 2 }, {})) {
      expect(page.Functions?.length).toBeLessThanOrEqual(2);
      for (const item of page.Functions ?? []) {
        names.push(item.FunctionName);
        expect(item.State).toBeUndefined();
      }
    }
    expect(names).toEqual(expect.arrayContaining([0, 1, 2, 3, 4].map((i) => `listed-${i}`)));
    expect(new Set(names).size).toBe(names.length);
  });

  test("UpdateFunctionCode takes effect at once, and DryRun changes nothing", async () => {
    await createFunction("recoded", { code: "def handler(e, c):\n    return 'old'\n" });
    expect((await invoke("recoded", {})).text).toBe('"old"');
    const ZipFile = await zipOf({ "main.py": "def handler(e, c):\n    return 'new'\n" });
    const before = await clients.lambda.send(new lambda.GetFunctionConfigurationCommand({ FunctionName: "recoded" }));
    await clients.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName: "recoded", ZipFile, DryRun: true }));
    expect((await invoke("recoded", {})).text).toBe('"old"');
    const updated = await clients.lambda.send(
      new lambda.UpdateFunctionCodeCommand({ FunctionName: "recoded", ZipFile, RevisionId: before.RevisionId }),
    );
    expect(updated.RevisionId).not.toBe(before.RevisionId);
    await active("recoded");
    expect((await invoke("recoded", {})).text).toBe('"new"');
    await expectError(
      clients.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName: "recoded", ZipFile, RevisionId: before.RevisionId })),
      "PreconditionFailedException",
      412,
      /^The Revision Id provided does not match the latest Revision Id\./,
    );
  });

  test("UpdateFunctionConfiguration is obeyed by the next invocation", async () => {
    await createFunction("reconfigured", {
      code: "import os\ndef handler(e, c):\n    return [os.environ.get('STAGE'), c.memory_limit_in_mb]\n",
      Environment: { Variables: { STAGE: "1" } },
    });
    expect(JSON.parse((await invoke("reconfigured", {})).text)).toEqual(["1", "128"]);
    await clients.lambda.send(
      new lambda.UpdateFunctionConfigurationCommand({
        FunctionName: "reconfigured",
        Environment: { Variables: { STAGE: "2" } },
        MemorySize: 192,
      }),
    );
    await active("reconfigured");
    expect(JSON.parse((await invoke("reconfigured", {})).text)).toEqual(["2", "192"]);
  });

  test("DeleteFunction ends it", async () => {
    await createFunction("deleted");
    await invoke("deleted", {});
    const answer = await clients.lambda.send(new lambda.DeleteFunctionCommand({ FunctionName: "deleted" }));
    expect(answer.$metadata.httpStatusCode).toBe(204);
    await expectError(invoke("deleted", {}), "ResourceNotFoundException", 404, `Function not found: ${arnOf("deleted")}:$LATEST`);
    await expectError(clients.lambda.send(new lambda.DeleteFunctionCommand({ FunctionName: "deleted" })), "ResourceNotFoundException", 404);
  });

  test("tags are put, listed and removed", async () => {
    await createFunction("tagged", { Tags: { a: "1" } });
    await clients.lambda.send(new lambda.TagResourceCommand({ Resource: arnOf("tagged"), Tags: { b: "2" } }));
    expect((await clients.lambda.send(new lambda.ListTagsCommand({ Resource: arnOf("tagged") }))).Tags).toEqual({ a: "1", b: "2" });
    await clients.lambda.send(new lambda.UntagResourceCommand({ Resource: arnOf("tagged"), TagKeys: ["a"] }));
    expect((await clients.lambda.send(new lambda.ListTagsCommand({ Resource: arnOf("tagged") }))).Tags).toEqual({ b: "2" });
    await expectError(clients.lambda.send(new lambda.ListTagsCommand({ Resource: arnOf("nobody") })), "ResourceNotFoundException", 404);
  });

  test("GetAccountSettings counts what there is", async () => {
    const settings = await clients.lambda.send(new lambda.GetAccountSettingsCommand({}));
    expect(settings.AccountLimit).toMatchObject({
      ConcurrentExecutions: 1000,
      TotalCodeSize: 80_530_636_800,
      CodeSizeZipped: 52_428_800,
      CodeSizeUnzipped: 262_144_000,
    });
    expect(settings.AccountUsage?.FunctionCount).toBeGreaterThan(0);
  });
});
