import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServerProcess, waitFor, type ServerProcess } from "@mayfly/testkit";
import { currentCli } from "./aws-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

/** What README has in a chapter to be pasted into a shell. */
function blockOf(heading: string): string {
  const chapter = readme.split(/^### /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const lines = chapter.split("\n").filter((line) => line.startsWith("    "));
  return lines.map((line) => line.slice(4)).join("\n");
}

let server: ServerProcess;
let folder: string;
let before: string;
beforeAll(async () => {
  server = await startServerProcess();
  folder = mkdtempSync(join(tmpdir(), "mayfly-readme-"));
  const exported = server.output().match(/^ *export .*$/gm) ?? [];
  const { path } = await currentCli();
  // With the alias that the server prints, which any CLI understands; commands of Mayfly's own are the clone's.
  before = [...exported, `aws() { ${path} --endpoint-url ${server.url} "$@"; }`, `npx() { command npx --prefix ${root} "$@"; }`].join("\n");
}, 360_000);
afterAll(async () => {
  await server.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const paste = (block: string) =>
  promisify(execFile)("bash", ["-e", "-c", `${before}\n${block}`], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, AWS_PAGER: "", MAYFLY_DATA: server.dataFolder },
  });

test("README's function answers, its queue runs it, and the trail says which clause a message did not meet", async () => {
  const { stdout } = await paste(blockOf("In a shell"));
  expect(stdout).toMatch(/\{"statusCode": 200, "body": "Hello, World!"\}$/m);

  const sent = await paste(blockOf("On events"));
  const messageId = /"MessageId": "([^"]+)"/.exec(sent.stdout)?.[1];
  const told = await waitFor("the message to be filtered out", async () => {
    const { stdout: trail } = await paste(`npx mayfly trail ${messageId}`);
    return trail.includes("deleted") && trail;
  });
  expect(told).toContain('filter 1: body.total: [{"numeric":[">",10]}]');
}, 90_000);
