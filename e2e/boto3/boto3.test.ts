import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServerProcess, type ServerProcess } from "@mayfly/testkit";
import { environmentWithBoto3 } from "./python-with-boto3.ts";

const execute = promisify(execFile);
const suites = readdirSync(import.meta.dirname).filter((name) => /^test_.*\.py$/.test(name));

let server: ServerProcess;
let boto3: Record<string, string>;
beforeAll(async () => {
  [server, boto3] = await Promise.all([startServerProcess(), environmentWithBoto3()]);
}, 400_000);
afterAll(() => server.dispose());

test.each(suites)(
  "%s",
  async (suite) => {
    const { stderr } = await execute("python3", ["-m", "unittest", "-v", suite], {
      cwd: import.meta.dirname,
      timeout: 110_000,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: server.dataFolder,
        AWS_ENDPOINT_URL: server.url,
        AWS_SHARED_CREDENTIALS_FILE: join(server.dataFolder, "credentials"),
        AWS_PROFILE: "mayfly",
        AWS_DEFAULT_REGION: "us-east-1",
        AWS_MAX_ATTEMPTS: "1",
        AWS_DISABLE_HOST_PREFIX_INJECTION: "true",
        PYTHONDONTWRITEBYTECODE: "1",
        ...boto3,
      },
    }).catch((error: Error & { stderr: string }) => {
      throw new Error(error.stderr || error.message);
    });
    expect(stderr).toMatch(/Ran [1-9]\d* tests? in [\s\S]*\nOK\n/);
  },
  120_000,
);
