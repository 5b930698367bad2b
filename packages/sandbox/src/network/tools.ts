import { spawn, type StdioOptions } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { SandboxError } from "../sandbox-error.ts";
import { networkLimits } from "./limits.ts";

/** Tools of the system lie where an ordinary user's PATH does not look. */
const systemFolders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

/** The environment of every tool: nothing of the server's. */
export const toolEnvironment = { PATH: systemFolders.join(delimiter), LC_ALL: "C" };

/** Full path of a program of the system's; undefined if it is not installed. */
export function findTool(name: string): string | undefined {
  const folders = [...systemFolders, ...(process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder.startsWith("/"))];
  return folders.map((folder) => join(folder, name)).find(isRunnable);
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a tool to its end and answers what it printed. `descriptors` are its 3, 4, ... @throws SandboxError with what it said */
export async function runTool(command: readonly string[], input = "", descriptors: readonly number[] = []): Promise<string> {
  const [program = "", ...args] = command;
  const stdio: StdioOptions = ["pipe", "pipe", "pipe", ...descriptors];
  const child = spawn(findTool(program) ?? program, args, { stdio, env: toolEnvironment, cwd: "/", timeout: networkLimits.toolTimeoutMs });
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code === 0 ? "" : `ended with ${signal ?? code}`));
  });
  const [printed, said, problem] = await Promise.all([text(child.stdout!), text(child.stderr!), ended]);
  if (problem === "") return printed;
  throw new SandboxError(
    `${command.find((word) => !word.startsWith("-") && word !== "nsenter")}: ${said.trim().split("\n")[0] || problem}`,
  );
}
