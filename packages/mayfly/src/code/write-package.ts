import { readlink } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "@mayfly/kernel";
import type { FileChange, FunctionFile } from "@mayfly/wire/mayfly";
import { ZipFile } from "yazl";
import { checkPackagePath } from "./package-path.ts";

/** Files of the same content make the same zip, whenever it is made. */
const fixedTime = new Date(1980, 0, 1);
const symlinkMode = 0o120777;
const newFileMode = 0o644;
const folderMode = 0o40755;

/** One entry of the package to be written. */
interface Entry {
  readonly type: FunctionFile["Type"];
  readonly mode: number;
  /** The bytes, or the path in the base package that has them. */
  readonly from: Uint8Array | string;
}

/**
 * Applies changes, in their order, to an unpacked package and zips the result.
 * @throws Fault ValidationException for a change that can't be made
 */
export async function writePackage(folder: string, files: readonly FunctionFile[], changes: readonly FileChange[]): Promise<Buffer> {
  const base = new Map(files.map(({ Path, Type, Mode }): [string, Entry] => [Path, { type: Type, mode: Mode, from: Path }]));
  const entries = new Map(base);
  for (const change of changes) applyChange(entries, base, change);
  return zip(folder, entries);
}

function applyChange(entries: Map<string, Entry>, base: ReadonlyMap<string, Entry>, change: FileChange): void {
  const path = checkPackagePath(change.Path);
  if (change.Type === "delete") remove(entries, path);
  else if (change.Type === "directory") entries.set(path, { type: "directory", mode: 0o755, from: "" });
  else entries.set(path, putEntry(entries.get(path), base, change));
}

function remove(entries: Map<string, Entry>, path: string): void {
  const paths = [...entries.keys()];
  for (const key of paths) if (key === path || key.startsWith(`${path}/`)) entries.delete(key);
}

function putEntry(before: Entry | undefined, base: ReadonlyMap<string, Entry>, { Path, Content, CopyFrom }: FileChange): Entry {
  if (before?.type === "directory") throw new Fault("ValidationException", `${Path} is a folder.`);
  if (CopyFrom !== undefined) {
    const source = base.get(CopyFrom);
    if (source === undefined || source.type === "directory") throw new Fault("ValidationException", `The package has no file ${CopyFrom}.`);
    return source;
  }
  if (Content === undefined) throw new Fault("ValidationException", `The change of ${Path} has neither Content nor CopyFrom.`);
  return { type: "file", mode: before?.type === "file" ? before.mode : newFileMode, from: Content };
}

async function zip(folder: string, entries: ReadonlyMap<string, Entry>): Promise<Buffer> {
  const file = new ZipFile();
  for (const path of [...entries.keys()].sort()) {
    const { type, mode, from } = entries.get(path) as Entry;
    const options = { mtime: fixedTime, mode: 0o100000 | mode };
    if (type === "directory") {
      if (isEmptyFolder(entries, path)) file.addEmptyDirectory(path, { mtime: fixedTime, mode: folderMode });
    } else if (type === "symlink") {
      file.addBuffer(Buffer.from(await readlink(join(folder, String(from)))), path, { mtime: fixedTime, mode: symlinkMode });
    } else if (typeof from === "string") file.addFile(join(folder, from), path, options);
    else file.addBuffer(Buffer.from(from.buffer, from.byteOffset, from.byteLength), path, options);
  }
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const isEmptyFolder = (entries: ReadonlyMap<string, Entry>, path: string): boolean =>
  ![...entries.keys()].some((key) => key.startsWith(`${path}/`));
