import { createWriteStream } from "node:fs";
import { chmod, mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import type { LambdaLimits } from "../limits.ts";
import { linksStayInside } from "./symlinks.ts";
import { BadZip, readZipEntry, type ZipEntry } from "./zip-entry.ts";

/** The zip holds no file. */
export class EmptyZip extends Error {
  override readonly name = "EmptyZip";
}

/** The zip's content is larger than Lambda takes. */
export class UnzippedTooLarge extends Error {
  override readonly name = "UnzippedTooLarge";
}

const sharedMode = 0o755;

/**
 * Unpacks a zip into an empty folder, checking everything on the way and trusting no size that a header claims.
 * @param zip the bytes, or the path of a file that holds them
 * @throws BadZip, EmptyZip, UnzippedTooLarge; the folder is then left half full, for the caller to remove
 */
export async function unpackZip(zip: Uint8Array | string, folder: string, limits: LambdaLimits): Promise<void> {
  const file = await openZip(zip);
  try {
    if (file.entryCount > limits.zipEntryCount) throw new BadZip("too many entries");
    await new Unpacking(file, folder, limits).run();
  } catch (error) {
    throw asBadZip(error);
  } finally {
    file.close();
  }
}

async function openZip(zip: Uint8Array | string): Promise<ZipFile> {
  const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: true, autoClose: false } as const;
  if (typeof zip !== "string" && zip.byteLength === 0) throw new EmptyZip("no bytes");
  try {
    if (typeof zip === "string") return await yauzl.openPromise(zip, options);
    return await yauzl.fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), options);
  } catch (error) {
    throw asBadZip(error);
  }
}

class Unpacking {
  readonly #file: ZipFile;
  readonly #folder: string;
  readonly #limits: LambdaLimits;
  readonly #made = new Map<string, "file" | "folder">();
  readonly #links = new Map<string, string>();
  #bytes = 0;
  #folders = 0;
  #targetBytes = 0;

  constructor(file: ZipFile, folder: string, limits: LambdaLimits) {
    this.#file = file;
    this.#folder = folder;
    this.#limits = limits;
  }

  async run(): Promise<void> {
    await chmod(this.#folder, sharedMode);
    for await (const entry of this.#file.eachEntry()) await this.#unpack(entry, readZipEntry(entry, this.#limits));
    if (this.#made.size === 0 && this.#links.size === 0) throw new EmptyZip("no entries");
    await this.#makeLinks();
  }

  async #unpack(raw: Entry, entry: ZipEntry): Promise<void> {
    if (entry.path === "") {
      if (entry.kind === "folder") return;
      throw new BadZip("an entry has no name");
    }
    await this.#makeFolder(parentOf(entry.path));
    if (entry.kind === "folder") return this.#makeFolder(entry.path);
    this.#claim(entry.path);
    if (entry.kind === "symlink") {
      const target = await this.#read(raw);
      if (target === "" || target.includes("\0")) throw new BadZip("a symbolic link has no usable target");
      this.#targetBytes += Buffer.byteLength(target);
      if (this.#targetBytes > this.#limits.symlinkTargetsBytes) throw new BadZip("too many symbolic links");
      this.#links.set(entry.path, target);
      return;
    }
    const path = join(this.#folder, entry.path);
    await this.#stream(raw, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    await chmod(path, entry.mode);
  }

  #claim(path: string): void {
    if (this.#made.has(path)) throw new BadZip("two entries have the same name");
    this.#made.set(path, "file");
  }

  async #makeFolder(path: string): Promise<void> {
    if (path === "" || this.#made.get(path) === "folder") return;
    if (this.#made.has(path)) throw new BadZip("an entry is both file and folder");
    if (++this.#folders > this.#limits.zipFolderCount) throw new BadZip("too many folders");
    await this.#makeFolder(parentOf(path));
    await mkdir(join(this.#folder, path), { mode: sharedMode });
    await chmod(join(this.#folder, path), sharedMode);
    this.#made.set(path, "folder");
  }

  // Links come last: no file can then be written through one.
  async #makeLinks(): Promise<void> {
    if (!linksStayInside(this.#links)) throw new BadZip("a symbolic link leads out of the folder, or nowhere in any reasonable time");
    for (const [path, target] of this.#links) await symlink(target, join(this.#folder, path));
  }

  async #read(raw: Entry): Promise<string> {
    if (raw.uncompressedSize > this.#limits.symlinkTargetBytes) throw new BadZip("a symbolic link is too long");
    const chunks: Buffer[] = [];
    const collect = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    collect.resume();
    await this.#stream(raw, collect);
    return Buffer.concat(chunks).toString("utf8");
  }

  async #stream(raw: Entry, target: NodeJS.WritableStream): Promise<void> {
    let sum = 0;
    let bytes = 0;
    const most = Math.max(raw.compressedSize, 1) * this.#limits.zipRatio;
    const count = (chunk: Buffer): void => {
      sum = crc32(chunk, sum);
      bytes += chunk.byteLength;
      this.#bytes += chunk.byteLength;
      if (this.#bytes > this.#limits.unzippedCodeBytes) throw new UnzippedTooLarge("more bytes than allowed");
      if (bytes > most) throw new BadZip("an entry unpacks to more than its compression allows");
    };
    await pipeline(await this.#file.openReadStreamPromise(raw), counting(count), target);
    if (sum !== raw.crc32 >>> 0) throw new BadZip("an entry's checksum is wrong");
  }
}

const counting = (count: (chunk: Buffer) => void): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        count(chunk);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });

const parentOf = (path: string): string => (dirname(path) === "." ? "" : dirname(path));

// The zip is to blame for everything but what the file system says about itself.
const machineErrors = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EMFILE", "ENFILE", "EIO", "ENOMEM", "ENOENT"]);

function asBadZip(error: unknown): unknown {
  if (error instanceof BadZip || error instanceof UnzippedTooLarge || error instanceof EmptyZip) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined && machineErrors.has(code)) return error;
  return new BadZip((error as Error).message, { cause: error });
}
