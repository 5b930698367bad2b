import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { readPostForm } from "./post-form.ts";

const boundary = "----of-a-form";
const contentType = `multipart/form-data; boundary=${boundary}`;
const part = (name: string, value: string, fileName?: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? "" : `; filename="${fileName}"`}\r\n\r\n${value}\r\n`;
const end = `--${boundary}--\r\n`;

/** A form's bytes, so many at a time. */
async function* bytesOf(text: string, atOnce = text.length): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += atOnce) yield bytes.subarray(at, at + atOnce);
}

async function read(text: string, atOnce?: number) {
  const { fields, file } = await readPostForm(bytesOf(text, atOnce), contentType);
  const content: Buffer[] = [];
  for await (const bytes of file) content.push(bytes);
  return { fields: Object.fromEntries(fields), file: Buffer.concat(content).toString() };
}

test.each([1, 7, 64, 100_000])("a form is the same in pieces of %i bytes", async (atOnce) => {
  const file = "\r\n--not the boundary\r\n".repeat(50);
  const form = part("key", "in/${filename}") + part("Content-Type", "text/ü") + part("x", "${filename}${filename}");
  expect(await read(form + part("file", file, "C:\\pictures\\a $& b.png") + part("key", "late") + end, atOnce)).toEqual({
    fields: { key: "in/a $& b.png", "content-type": "text/ü", x: "a $& b.pnga $& b.png" },
    file,
  });
});

test("a part's name alone makes it the file", async () => {
  const form = part("key", "k", "key.txt") + part("FILE", "") + end;
  expect(await read(form)).toEqual({ fields: { key: "k" }, file: "" });
});

test("the first of two fields of one name counts", async () => {
  expect((await read(part("key", "1") + part("KEY", "2") + part("file", "x") + end)).fields).toEqual({ key: "1" });
});

describe("refused", () => {
  const file = part("file", "x", "f");
  test.each([
    ["no end", part("key", "k") + file, "MalformedPOSTRequest"],
    ["a file that is cut off", part("key", "k") + file.slice(0, -3), "MalformedPOSTRequest"],
    ["no form", "key=k&file=x", "MalformedPOSTRequest"],
    ["nothing", "", "MalformedPOSTRequest"],
    ["a field without a name", `--${boundary}\r\nContent-Disposition: form-data\r\n\r\nx\r\n${file}${end}`, "MalformedPOSTRequest"],
    ["no file", part("key", "k") + end, "InvalidArgument"],
    ["two files", part("key", "k") + file + file + end, "InvalidArgument"],
    ["neither key nor file", end, "InvalidArgument"],
    ["a long field", part("a", "x".repeat(limits.postFieldsBytes)) + file + end, "MaxPostPreDataLengthExceeded"],
    ["many fields", part("x-ignore-a", "x".repeat(1_000)).repeat(30) + file + end, "MaxPostPreDataLengthExceeded"],
    ["many parts that are no fields", "x".repeat(1_000_000) + file + end, "MaxPostPreDataLengthExceeded"],
  ])("%s", async (_what, text, code) => {
    await expect(read(text, 1_000)).rejects.toMatchObject({ code });
  });

  test.each([
    ["another type", "application/x-www-form-urlencoded", "PreconditionFailed"],
    ["no type", undefined, "PreconditionFailed"],
    ["no boundary", "multipart/form-data", "MalformedPOSTRequest"],
  ])("%s", async (_what, type, code) => {
    await expect(readPostForm(bytesOf(file + end), type)).rejects.toMatchObject({ code });
  });
});

test("no more of a file is read than is asked for, and its end ends the source", async () => {
  const state = { readBytes: 0, isEnded: false };
  async function* endless(): AsyncGenerator<Buffer> {
    try {
      yield Buffer.from(`${part("key", "k")}--${boundary}\r\nContent-Disposition: form-data; name="file"\r\n\r\n`);
      for (;;) {
        state.readBytes += 65_536;
        yield Buffer.alloc(65_536, "x");
      }
    } finally {
      state.isEnded = true;
    }
  }
  const { file } = await readPostForm(endless(), contentType);
  expect(state.readBytes).toBeLessThan(200_000);
  let takenBytes = 0;
  while (takenBytes < 10_000_000) {
    takenBytes += (await file.next()).value?.length ?? 0;
    expect(state.readBytes - takenBytes).toBeLessThan(200_000);
  }
  await file.return();
  expect(state.isEnded).toBe(true);
});

test("what the source throws is told", async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.from(part("key", "k") + part("file", "x").slice(0, -2));
    throw new Error("gone");
  }
  const { file } = await readPostForm(broken(), contentType);
  const readOut = async (): Promise<void> => {
    for await (const bytes of file) expect(bytes.toString()).toBe("x");
  };
  await expect(readOut()).rejects.toThrow("gone");
});
