import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServerProcess, zipOf, type ServerProcess } from "@mayfly/testkit";
import { currentCli, installedClis } from "./aws-cli.ts";

const execute = promisify(execFile);

const handler = [
  "def lambda_handler(event, context):",
  "    return {",
  "        'statusCode': 200, 'body': 'Hello, World!'",
  "    }",
  "",
].join("\n");

const ownModel = fileURLToPath(new URL("../../packages/wire/src/own-models/mayfly.json", import.meta.url));

let server: ServerProcess;
let folder: string;
beforeAll(async () => {
  server = await startServerProcess();
  folder = mkdtempSync(join(tmpdir(), "mayfly-walkthrough-"));
  writeFileSync(join(folder, "lambda_function.py"), handler);
  writeFileSync(join(folder, "function.zip"), await zipOf({ "lambda_function.py": handler }));
});
afterAll(async () => {
  await server.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a shell line as a user would who pasted the block that the server printed. */
async function shell(line: string, environment: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
  return execute("bash", ["-e", "-c", line], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, AWS_PAGER: "", ...environment },
    timeout: 60_000,
  });
}

/** The lines that `mayfly start` prints for pasting. */
function pastedExports(): string {
  return server
    .output()
    .split("\n")
    .filter((line) => line.trim().startsWith("export "))
    .join("\n");
}

const walkthrough = (aws: string, name: string): string => `
${aws} lambda create-function --function-name ${name} --zip-file fileb://function.zip \
  --handler lambda_function.lambda_handler --runtime python3.8 --role arn:aws:iam::123456789012:role/execution_role
${aws} lambda wait function-active-v2 --function-name ${name}
${aws} lambda invoke --function-name ${name} --log-type Tail ${name}.json && cat ${name}.json`;

/** What must have come of it, whichever CLI was used. */
function expectHelloWorld(name: string, stdout: string): void {
  expect(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"))).toEqual({ statusCode: 200, body: "Hello, World!" });
  expect(stdout).toContain(`"FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:${name}"`);
  expect(stdout).toContain('"State": "Pending"');
  expect(stdout).toContain('"ExecutedVersion": "$LATEST"');
  const log = Buffer.from(/"LogResult": "([^"]+)"/.exec(stdout)?.[1] ?? "", "base64").toString();
  expect(log).toMatch(/START RequestId: [0-9a-f-]{36} Version: \$LATEST\n/);
  expect(log).toMatch(/END RequestId: [0-9a-f-]{36}\n/);
  expect(log).toMatch(
    /REPORT RequestId: [0-9a-f-]{36}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms/,
  );
}

describe("the CLI walkthrough", () => {
  test("works as written after pasting the block, with a CLI that reads AWS_ENDPOINT_URL", async () => {
    const cli = await currentCli();
    const { stdout } = await shell(`${pastedExports()}\n${walkthrough(cli.path, "HelloWorldFunction")}`, {});
    expectHelloWorld("HelloWorldFunction", stdout);
  });

  test("works by --endpoint-url for CLIs that do not", async () => {
    // Any CLI takes the option; Debian's old one is the one it is for, where the machine has it.
    const cli = (await installedClis()).find((candidate) => !candidate.readsEndpointVariable) ?? (await currentCli());
    const environment = {
      AWS_SHARED_CREDENTIALS_FILE: join(server.dataFolder, "credentials"),
      AWS_PROFILE: "mayfly",
      AWS_DEFAULT_REGION: "us-east-1",
    };
    const { stdout } = await shell(walkthrough(`${cli.path} --endpoint-url ${server.url}`, "HelloOldCli"), environment);
    expectHelloWorld("HelloOldCli", stdout);
  });

  test("shows AWS's error for a function that is not there", async () => {
    const cli = await currentCli();
    const failed = await shell(`${pastedExports()}\n${cli.path} lambda get-function --function-name nobody`, {}).catch(
      (error: { stderr: string }) => error,
    );
    expect(failed.stderr).toContain(
      "An error occurred (ResourceNotFoundException) when calling the GetFunction operation: Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody",
    );
  });

  test("speaks Mayfly's own service by its model", async () => {
    const cli = await currentCli();
    const { stdout } = await shell(
      `${pastedExports()}
       ${cli.path} configure add-model --service-name mayfly --service-model file://${ownModel}
       ${cli.path} lambda create-function --function-name Own --zip-file fileb://function.zip --runtime python3.8 \
         --handler lambda_function.lambda_handler --role arn:aws:iam::123456789012:role/execution_role > /dev/null
       ${cli.path} mayfly list-function-deployments --function-name Own --query 'Deployments[].[Source,Current]' --output json`,
      {},
    );
    expect(JSON.parse(stdout)).toEqual([["CreateFunction", true]]);
  });
});
