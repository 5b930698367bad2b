import { buffer } from "node:stream/consumers";
import yazl from "yazl";

/** One entry of a test's zip. */
export interface TestEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** With the type bits, e.g. 0o120777 for a symbolic link. */
  readonly mode?: number;
}

/** A zip of the entries, in order; names that end in `/` are folders. */
export async function zipOfEntries(entries: readonly TestEntry[]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const { name, content = "", mode = 0o100644 } of entries) {
    if (name.endsWith("/")) zip.addEmptyDirectory(name, { mtime: new Date(0) });
    else zip.addBuffer(Buffer.from(content), name, { mtime: new Date(0), mode });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** A zip of plain files. */
export const zipOfFiles = (files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> =>
  zipOfEntries(Object.entries(files).map(([name, content]) => ({ name, content })));

/** The bytes with every occurrence of a text replaced by another of the same length, as a forger of names would. */
export function forge(zip: Buffer, from: string, to: string | Buffer): Buffer {
  const bytes = Buffer.from(zip);
  const replacement = Buffer.from(to);
  if (replacement.length !== Buffer.byteLength(from)) throw new Error("A forged text must be as long as the original");
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + replacement.length)) replacement.copy(bytes, at);
  return bytes;
}

/** Where the central directory's headers begin. */
export function centralHeaders(zip: Buffer): readonly number[] {
  const found: number[] = [];
  const signature = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
  for (let at = zip.indexOf(signature); at >= 0; at = zip.indexOf(signature, at + 4)) found.push(at);
  return found;
}
