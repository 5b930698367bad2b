import { open, type FileHandle } from "node:fs/promises";
import type { FunctionTarget } from "../types.ts";
import { hostPathOf } from "./host-path.ts";

const headBytes = 4_096;
const executableByAll = 0o001;

/** ELF's machine numbers, by the names that AWS gives them. */
const machines: ReadonlyMap<number, string> = new Map([
  [62, "x86_64"],
  [183, "arm64"],
  [3, "32-bit x86"],
  [40, "32-bit arm"],
  [243, "riscv64"],
]);
const hostMachine = process.arch === "arm64" ? "arm64" : "x86_64";

const elfMark = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
const interpreterSegment = 3;

/** The dynamic loader that an ELF file names: of 64 bits and little-endian, as all that run here. */
async function loaderOf(file: FileHandle, head: Buffer): Promise<string | undefined> {
  const [offset, entryBytes, count] = [Number(head.readBigUInt64LE(32)), head.readUInt16LE(54), head.readUInt16LE(56)];
  for (let at = offset; at + 56 <= head.length && at < offset + entryBytes * count; at += entryBytes) {
    if (head.readUInt32LE(at) !== interpreterSegment) continue;
    const name = Buffer.alloc(Math.min(Number(head.readBigUInt64LE(at + 32)), headBytes));
    await file.read(name, 0, name.length, Number(head.readBigUInt64LE(at + 8)));
    return name.toString("latin1").split("\0")[0];
  }
  return undefined;
}

async function whyElfFails(file: FileHandle, head: Buffer, target: FunctionTarget): Promise<string | undefined> {
  if (head.length < 64) return "exec format error";
  const number = head.readUInt16LE(18);
  const machine = machines.get(number) ?? `machine ${number}`;
  if (machine !== hostMachine) return `exec format error: it is built for ${machine}, this machine runs ${hostMachine}`;
  const loader = await loaderOf(file, head);
  if (loader === undefined || (await hostPathOf(loader, target)) !== undefined) return undefined;
  return `no such file or directory: it needs the loader ${loader}`;
}

async function whyScriptFails(head: Buffer, target: FunctionTarget): Promise<string | undefined> {
  const interpreter = head.toString("latin1", 2).split("\n")[0]!.trimStart().split(/[ \t]/)[0]!;
  if ((await hostPathOf(interpreter, target)) !== undefined) return undefined;
  // A carriage return there is the mark of a file that was edited on Windows.
  return `no such file or directory: it needs the interpreter ${JSON.stringify(interpreter).slice(1, -1)}`;
}

/** Why the kernel would not run a file that lies on the host but is meant for the sandbox, in its words; undefined if it would. */
export async function whyNotRunnable(path: string, target: FunctionTarget): Promise<string | undefined> {
  const file = await open(path, "r");
  try {
    if (((await file.stat()).mode & executableByAll) === 0) return "permission denied";
    const buffer = Buffer.alloc(headBytes);
    const head = buffer.subarray(0, (await file.read(buffer, 0, headBytes, 0)).bytesRead);
    if (head.subarray(0, 4).equals(elfMark)) return await whyElfFails(file, head, target);
    return head.subarray(0, 2).toString() === "#!" ? await whyScriptFails(head, target) : "exec format error";
  } finally {
    await file.close();
  }
}
