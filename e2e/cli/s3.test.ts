import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scaled, startServerProcess, type ServerProcess } from "@mayfly/testkit";
import { currentCli } from "./aws-cli.ts";

const execute = promisify(execFile);

let server: ServerProcess;
let folder: string;
let cli: string;
beforeAll(async () => {
  server = await startServerProcess();
  folder = await mkdtemp(join(tmpdir(), "mayfly-cli-s3-"));
  cli = (await currentCli()).path;
}, 400_000);
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command of `aws s3` and answers what it prints. */
async function s3(...args: string[]): Promise<string> {
  const { stdout } = await execute(cli, ["--endpoint-url", server.url, "s3", ...args], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: server.dataFolder,
      AWS_PAGER: "",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: server.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
    },
    timeout: 300_000,
  });
  return stdout;
}

/** Writes a file that is a minute old: S3 knows whole seconds, so that one of the same second as its object seems to be newer, and goes up again. */
async function writeOld(path: string, content: Uint8Array): Promise<void> {
  const file = join(folder, path);
  await writeFile(file, content);
  const then = new Date(Date.now() - 60_000);
  await utimes(file, then, then);
}

const fileCount = scaled(40, 2_000);

test(
  `${fileCount} files are synchronised both ways, byte for byte, and then nothing is left to do`,
  async () => {
    await s3("mb", "s3://cli-bucket");
    await mkdir(join(folder, "up/a folder/ü"), { recursive: true });
    for (let at = 0; at < fileCount; at++) await writeOld(`up/a folder/ü/${at} +&.bin`, randomBytes((at * 37) % 70_000));
    // Large enough to go in parts.
    await writeOld("up/large", randomBytes(20_000_000));
    await s3("sync", "--quiet", "up", "s3://cli-bucket/all");
    expect(await s3("ls", "s3://cli-bucket/all/")).toMatch(/^ +PRE a folder\/\n\S+ \S+ +20000000 large\n$/);
    await s3("sync", "--quiet", "s3://cli-bucket/all", "down");
    await execute("diff", ["-r", "up", "down"], { cwd: folder });
    expect(await s3("sync", "up", "s3://cli-bucket/all")).toBe("");
    await s3("cp", "--quiet", "s3://cli-bucket/all/large", "s3://cli-bucket/copy");
    await s3("mv", "--quiet", "s3://cli-bucket/copy", "moved");
    await execute("cmp", ["moved", "up/large"], { cwd: folder });
    await s3("rm", "--quiet", "--recursive", "s3://cli-bucket");
    await s3("rb", "s3://cli-bucket");
    expect(await s3("ls")).toBe("");
  },
  scaled(200_000, 1_800_000),
);
