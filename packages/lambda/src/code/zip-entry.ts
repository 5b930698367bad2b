import { isUtf8 } from "node:buffer";
import yauzl, { type Entry } from "yauzl";
import type { LambdaLimits } from "../limits.ts";

/** The zip is not one that can be unpacked. The text is for the server's log; callers get AWS's. */
export class BadZip extends Error {
  override readonly name = "BadZip";
}

/** What an entry becomes on disk. */
type ZipEntryKind = "file" | "folder" | "symlink";

/** An entry that passed the checks that can be made before reading it. */
export interface ZipEntry {
  readonly kind: ZipEntryKind;
  /** Relative, parts separated by `/`, none of them empty, `.` or `..`. */
  readonly path: string;
  /** Permission bits as they are to be set. */
  readonly mode: number;
}

const unixHosts = new Set([3, 19]);
const typeBits = 0o170000;
const kinds: ReadonlyMap<number, ZipEntryKind | undefined> = new Map([
  [0, undefined],
  [0o100000, "file"],
  [0o040000, "folder"],
  [0o120000, "symlink"],
]);
const encryptedFlag = 1;
const utf8Flag = 0x800;
const methods = new Set([0, 8]);

/**
 * Checks an entry's header: encryption, method, type and name.
 * @param entry read with `decodeStrings: false`
 * @throws BadZip
 */
export function readZipEntry(entry: Entry, limits: LambdaLimits): ZipEntry {
  if ((entry.generalPurposeBitFlag & encryptedFlag) !== 0) throw new BadZip("an entry is encrypted");
  if (!methods.has(entry.compressionMethod)) throw new BadZip(`compression method ${entry.compressionMethod}`);
  const name = decodeName(entry);
  const unixMode = unixHosts.has(entry.versionMadeBy >>> 8) ? entry.externalFileAttributes >>> 16 : 0;
  const type = unixMode & typeBits;
  if (!kinds.has(type)) throw new BadZip("an entry is neither file, folder nor symbolic link");
  const kind = name.endsWith("/") ? "folder" : (kinds.get(type) ?? "file");
  return { kind, path: checkPath(name, limits), mode: permissions(kind, unixMode & 0o777) };
}

// Info-ZIP and macOS write UTF-8 without saying so; the standard's code page 437 is left for the rest.
function decodeName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  if (isUtf8(raw)) return raw.toString("utf8");
  if ((entry.generalPurposeBitFlag & utf8Flag) !== 0) throw new BadZip("a name is not the UTF-8 that it claims to be");
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, [], true);
}

function checkPath(name: string, limits: LambdaLimits): string {
  if (name.startsWith("/") || name.includes("\\") || name.includes("\0") || /^[a-zA-Z]:/.test(name))
    throw new BadZip("a name is absolute or malformed");
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw new BadZip("a name leads out of the folder");
  if (parts.some((part) => Buffer.byteLength(part) > limits.zipPathPartBytes)) throw new BadZip("a name is too long");
  const path = parts.join("/");
  if (Buffer.byteLength(path) > limits.zipPathBytes) throw new BadZip("a name is too long");
  return path;
}

// The sandbox reads the files as another user: readable for all, whatever the zip says.
function permissions(kind: ZipEntryKind, mode: number): number {
  if (kind === "folder") return mode | 0o755;
  return mode === 0 ? 0o644 : mode | 0o444;
}
