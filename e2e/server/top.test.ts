import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CreateFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { clientsFor, startServerProcess, zipOf, type Clients, type ServerProcess } from "@mayfly/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";

const mayflyBin = fileURLToPath(new URL("../../apps/server/bin/mayfly.mjs", import.meta.url));
const run = promisify(execFile);

let server: ServerProcess;
let aws: Clients;
beforeAll(async () => {
  server = await startServerProcess();
  aws = clientsFor(server);
});
afterAll(async () => {
  aws.destroy();
  await server.dispose();
});

const top = async (...args: string[]): Promise<string> => (await run(mayflyBin, ["top", "--data", server.dataFolder, ...args])).stdout;

test("mayfly top shows what runs, in the region that was asked for", async () => {
  expect(await top()).toContain("No environment runs.");
  const FunctionName = "shown";
  const { lambda } = aws;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "python3.12",
      Role: "arn:aws:iam::123456789012:role/execution_role",
      Handler: "index.handler",
      MemorySize: 256,
      Code: { ZipFile: await zipOf({ "index.py": "def handler(event, context):\n    return context.log_stream_name[-32:]\n" }) },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }, { FunctionName });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  await lambda.send(new InvokeCommand({ FunctionName }));
  const id = JSON.parse(Buffer.from(Payload!).toString()) as string;
  const row = (await top()).split("\n").find((line) => line.startsWith("shown "));
  expect(row).toMatch(new RegExp(String.raw`^shown +\$LATEST +python3\.12 +idle +- +\d+/256 +- +2 +\d+\.\d +\d+ s +${id.slice(0, 8)}$`));
  expect(await top("--region", "eu-west-1")).toContain("No environment runs.");
});

test("mayfly top says what to do when no server runs", async () => {
  await expect(run(mayflyBin, ["top", "--data", "/nonexistent"])).rejects.toMatchObject({
    code: 1,
    stderr: "No server runs on /nonexistent. Start one with npm start, or say --data FOLDER.\n",
  });
});
