import { once } from "node:events";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { limits } from "../limits.ts";
import { fieldsTooLarge, malformedPost, missingField, notFormData, notOneFile } from "./post-faults.ts";

/** What a form says before its file, by names in lower case, and the file. */
export interface PostForm {
  readonly fields: ReadonlyMap<string, string>;
  /** The file's bytes as they arrive. Read them once, or end it; the form is whole if they came to their end. @throws Fault, what the source throws */
  readonly file: AsyncGenerator<Buffer, void, undefined>;
}

/** What of a form is yet to be handed on. */
interface Parsing {
  readonly fields: Map<string, string>;
  fieldBytes: number;
  /** The name that the file has at the client; undefined as long as none was met. */
  fileName: string | undefined;
  fileCount: number;
  arrived: Buffer[];
  failure: Error | undefined;
}

/**
 * Reads a form up to its file; what follows the file is of no account, as S3 has it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html
 * @throws Fault, what the source throws
 */
export async function readPostForm(source: AsyncIterable<Buffer>, contentType: string | undefined): Promise<PostForm> {
  const parsing: Parsing = { fields: new Map(), fieldBytes: 0, fileName: undefined, fileCount: 0, arrived: [], failure: undefined };
  const pieces = parse(source, parserOf(contentType, parsing), parsing);
  // The generator stops before the file's first bytes.
  await pieces.next();
  const { fields, fileName } = parsing;
  if (fileName === undefined) throw fields.has("key") ? notOneFile(0) : missingField("key");
  return { fields: new Map([...fields].map(([name, value]) => [name, value.replaceAll("${filename}", () => fileName)])), file: pieces };
}

function parserOf(contentType: string | undefined, parsing: Parsing): BusboyInstance {
  if (contentType === undefined || !/^multipart\/form-data(;|$)/i.test(contentType)) throw notFormData();
  let parser: BusboyInstance;
  try {
    parser = new Busboy({
      headers: { "content-type": contentType },
      limits: { fieldSize: limits.postFieldsBytes, headerSize: limits.postFieldsBytes, files: 1 },
      // Whether a part has a file name says nothing: its own name does.
      isPartAFile: (name: string | undefined) => name?.toLowerCase() === "file",
    });
  } catch {
    // It names no boundary.
    throw malformedPost();
  }
  const fail = (error: Error): void => void (parsing.failure ??= error);
  parser.on("field", (name: string | undefined, value: string, _isNameCut: boolean, isCut: boolean) => {
    if (parsing.fileName !== undefined) return;
    if (name === undefined) return fail(malformedPost());
    parsing.fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (isCut || parsing.fieldBytes > limits.postFieldsBytes) return fail(fieldsTooLarge());
    const lower = name.toLowerCase();
    if (!parsing.fields.has(lower)) parsing.fields.set(lower, value);
  });
  parser.on("file", (_name: string, file: NodeJS.ReadableStream, fileName: string | undefined) => {
    parsing.fileName = fileName ?? "";
    parsing.fileCount += 1;
    file.on("data", (bytes: Buffer) => void parsing.arrived.push(bytes));
    file.on("error", () => fail(malformedPost()));
  });
  parser.on("filesLimit", () => void (parsing.fileCount += 1));
  parser.on("error", () => fail(malformedPost()));
  return parser;
}

/** Nothing is read ahead: who stops asking stops the source. */
async function* parse(source: AsyncIterable<Buffer>, parser: BusboyInstance, parsing: Parsing): AsyncGenerator<Buffer, void, undefined> {
  const finished = once(parser, "finish").catch(() => undefined);
  let isAnnounced = false;
  let readBytes = 0;
  for await (const chunk of source) {
    // Parts without a name, and what comes before the first, count here alone.
    if (parsing.fileName === undefined && readBytes > 2 * limits.postFieldsBytes) throw fieldsTooLarge();
    readBytes += chunk.length;
    await written(parser, chunk);
    if (parsing.failure !== undefined) throw parsing.failure;
    if (parsing.fileName !== undefined && !isAnnounced) {
      isAnnounced = true;
      yield nothing;
    }
    yield* taken(parsing);
  }
  parser.end();
  await finished;
  if (parsing.failure !== undefined) throw parsing.failure;
  if (parsing.fileName !== undefined && !isAnnounced) yield nothing;
  yield* taken(parsing);
  if (parsing.fileCount > 1) throw notOneFile(parsing.fileCount);
}

const nothing = Buffer.alloc(0);

/** The parser holds the answer back until what it made of the bytes was taken. */
const written = (parser: BusboyInstance, chunk: Buffer): Promise<void> =>
  new Promise((resolve) => void parser.write(chunk, () => resolve()));

function* taken(parsing: Parsing): Generator<Buffer> {
  const { arrived } = parsing;
  parsing.arrived = [];
  yield* arrived;
}
