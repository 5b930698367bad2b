import { readFile } from "node:fs/promises";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, test } from "./fixtures.ts";

const Bucket = "odd-keys";
/** With the name of the file as which the browser saves it. */
const keys: Readonly<Record<string, string>> = {
  "100% of it?.txt": "100% of it_.txt",
  "a#b&c=d+e.txt": "a#b&c=d+e.txt",
  "ünïcödé/日本語 😀.txt": "日本語 😀.txt",
  "/leading/slash.txt": "slash.txt",
  "a//double.txt": "double.txt",
  "quote'\"<b>\\.txt": "quote'__b__.txt",
};

test.beforeAll(async ({ aws: { s3 } }) => {
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of Object.keys(keys)) await s3.send(new PutObjectCommand({ Bucket, Key, Body: `of ${Key}`, ContentType: "text/plain" }));
});

test("objects of any key are reached by folders, shown and downloaded", async ({ page, server }) => {
  for (const [key, fileName] of Object.entries(keys)) {
    await page.goto(`${server.url}/console/s3/buckets/${Bucket}`);
    for (const part of key.split(/(?<=\/)/)) await page.getByRole("grid").getByRole("link", { name: part, exact: true }).click();
    await page.getByRole("tab", { name: "Preview" }).click();
    await expect(page.getByRole("group", { name: "Preview" })).toHaveText(`of ${key}`);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
    expect(download.suggestedFilename()).toBe(fileName);
    expect(await readFile(await download.path(), "utf8")).toBe(`of ${key}`);
  }
});

test("a key that no XML can hold is deleted with its bucket's others", async ({ page, server, aws: { s3 } }) => {
  const of = { Bucket: "bells" };
  await s3.send(new CreateBucketCommand(of));
  for (const Key of ["a b+c%20", "ring\u0007"]) await s3.send(new PutObjectCommand({ ...of, Key, Body: "x" }));
  await page.goto(`${server.url}/console/s3/buckets/bells`);
  await page.getByRole("button", { name: "Empty" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("permanently delete");
  await dialog.getByRole("button", { name: "Empty" }).click();
  await expect(page.getByText("The bucket bells is empty: 2 objects and versions were deleted.")).toBeVisible();
  expect((await s3.send(new ListObjectsV2Command(of))).KeyCount).toBe(0);
});

test("a key that no address can name is said to be one", async ({ page, server }) => {
  await page.goto(`${server.url}/console/s3/buckets/${Bucket}/object?key=a%2F..%2Fb`);
  await expect(page.getByText(`A browser can't ask for a key with "." or ".." between slashes`)).toBeVisible();
});

test("a bucket may have the name of the console's pages", async ({ page, server, aws: { s3 } }) => {
  const named = { Bucket: "console", Key: "note.txt" };
  await s3.send(new CreateBucketCommand(named));
  await s3.send(new PutObjectCommand({ ...named, Body: "mine", ContentType: "text/plain" }));
  await page.goto(`${server.url}/console/s3/buckets/console`);
  await page.getByRole("grid").getByRole("link", { name: "note.txt" }).click();
  await page.getByRole("tab", { name: "Preview" }).click();
  await expect(page.getByRole("group", { name: "Preview" })).toHaveText("mine");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  expect(await readFile(await download.path(), "utf8")).toBe("mine");
  const answer = await page.request.get(`${server.url}/console/note.txt?X-Amz-Signature=0`);
  expect(answer.headers()["content-security-policy"]).toBe("sandbox");
});
