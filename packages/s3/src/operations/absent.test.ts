import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { operations } from "./index.ts";

const read = (path: string): Promise<string> => readFile(new URL(`../../../../${path}`, import.meta.url), "utf8");

test("docs/compatibility.md names every operation that is not here", async () => {
  const model = JSON.parse(await read("packages/wire/src/generated/s3.json")) as { readonly operations: Readonly<Record<string, unknown>> };
  const absent = Object.keys(model.operations).filter((name) => !Object.hasOwn(operations, name));
  const [, listed = ""] = /<!-- begin absent operations of S3 -->([^]*?)<!-- end/.exec(await read("docs/compatibility.md")) ?? [];
  expect([...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(absent.sort());
});
