import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bodyOf, startTestS3, type TestS3 } from "../testing/test-s3.ts";

const named = { Bucket: "bucket", Key: "k" };
let s3: TestS3;
let ETag: string;
beforeAll(async () => {
  s3 = await startTestS3();
  await s3.call("CreateBucket", { Bucket: named.Bucket });
  ETag = (await s3.call("PutObject", { ...named, Body: bodyOf("0123456789") })).ETag ?? "";
});
afterAll(() => s3.close());

async function textOf(more: object): Promise<string> {
  const { Body = new Uint8Array() } = await s3.call("GetObject", { ...named, ...more });
  return Body instanceof Uint8Array ? Buffer.from(Body).toString() : Buffer.concat(await Body.toArray()).toString();
}

describe("a range", () => {
  test.each([
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=7-99", "789", "bytes 7-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=-99", "0123456789", "bytes 0-9/10"],
    ["bytes=9-9", "9", "bytes 9-9/10"],
    // What is no range, or several, counts as none.
    ["bytes=4-2", "0123456789", undefined],
    ["bytes=0-1,3-4", "0123456789", undefined],
    ["bytes=", "0123456789", undefined],
    ["lines=1-2", "0123456789", undefined],
  ])("%s", async (Range, text, ContentRange) => {
    const { StatusCode, ...head } = (await s3.call("HeadObject", { ...named, Range })) as { StatusCode?: number; ContentLength?: number };
    expect([await textOf({ Range }), StatusCode, head.ContentLength]).toEqual([text, ContentRange && 206, text.length]);
    expect(head).toMatchObject(ContentRange === undefined ? {} : { ContentRange });
  });

  test.each(["bytes=10-", "bytes=10-12", "bytes=-0"])("%s is not there", async (Range) => {
    await expect(textOf({ Range })).rejects.toMatchObject({
      code: "InvalidRange",
      status: 416,
      members: { RangeRequested: Range, ActualObjectSize: 10 },
    });
  });

  test("of nothing there is none", async () => {
    const Key = "empty";
    await s3.call("PutObject", { ...named, Key, Body: bodyOf("") });
    await expect(textOf({ Key, Range: "bytes=0-0" })).rejects.toMatchObject({ code: "InvalidRange" });
    expect(await textOf({ Key })).toBe("");
  });

  test("and a part's number are not asked for at once", async () => {
    await expect(textOf({ Range: "bytes=0-1", PartNumber: 1 })).rejects.toMatchObject({ code: "InvalidRequest" });
    expect(await s3.call("HeadObject", { ...named, PartNumber: 1 })).toMatchObject({ ContentRange: "bytes 0-9/10", StatusCode: 206 });
  });

  test("out of a larger object is read where it lies", async () => {
    const text = Array.from({ length: 100_000 }, (_none, index) => index % 10).join("");
    const Key = "large";
    await s3.call("PutObject", { ...named, Key, Body: bodyOf(text) });
    expect(await textOf({ Key, Range: "bytes=70000-70011" })).toBe("012345678901");
    expect(await textOf({ Key, Range: "bytes=-3" })).toBe("789");
  });
});

describe("conditions", () => {
  const holding = "as it is";
  const at = (seconds: number) => new Date(s3.time.nowMs + seconds * 1000);
  test.each<[string, () => object, number | string]>([
    ["its ETag", () => ({ IfMatch: ETag }), holding],
    ["any ETag", () => ({ IfMatch: "*" }), holding],
    ["one of several ETags", () => ({ IfMatch: `"other", ${ETag}` }), holding],
    ["another ETag", () => ({ IfMatch: '"other"' }), 412],
    ["unmodified since a minute ago", () => ({ IfUnmodifiedSince: at(-60) }), 412],
    ["not its ETag", () => ({ IfNoneMatch: ETag }), 304],
    ["not its ETag, unquoted", () => ({ IfNoneMatch: ETag.replaceAll('"', "") }), 304],
    ["modified since now", () => ({ IfModifiedSince: at(0) }), 304],
    ["its ETag, and unmodified since a minute ago", () => ({ IfMatch: ETag, IfUnmodifiedSince: at(-60) }), holding],
    ["not its ETag, and modified since a minute ago", () => ({ IfNoneMatch: ETag, IfModifiedSince: at(-60) }), 304],
    ["not another ETag, and modified since now", () => ({ IfNoneMatch: '"other"', IfModifiedSince: at(0) }), holding],
    ["another ETag, and not its own", () => ({ IfMatch: '"other"', IfNoneMatch: ETag }), 412],
    ["not its ETag, of a range that is not there", () => ({ IfNoneMatch: ETag, Range: "bytes=10-" }), 304],
    ["another ETag, of a range that is not there", () => ({ IfMatch: '"other"', Range: "bytes=10-" }), 412],
  ])("%s", async (_what, conditions, outcome) => {
    for (const operation of ["GetObject", "HeadObject"] as const) {
      const answer = s3.call(operation, { ...named, ...conditions() });
      if (outcome === holding) expect(await answer).toMatchObject({ ETag });
      else await expect(answer).rejects.toMatchObject({ status: outcome });
    }
  });
});

test("a bucket of another account than the caller believes is not read", async () => {
  await expect(textOf({ ExpectedBucketOwner: "111111111111" })).rejects.toMatchObject({ code: "AccessDenied", status: 403 });
  expect(await textOf({ ExpectedBucketOwner: "123456789012" })).toBe("0123456789");
});
