import { buffer } from "node:stream/consumers";
import yazl from "yazl";

/** A zip archive of the given files: name, then content. */
export async function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, { mtime: new Date(0), mode: 0o100644 });
  zip.end();
  return buffer(zip.outputStream);
}
