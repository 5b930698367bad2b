import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const Bucket = "photos";
const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==", "base64");
/** A tenth of a second of silence: 8,000 samples a second of a byte each. */
const silence = Buffer.concat([
  Buffer.from("524946464403000057415645666d74201000000001000100401f0000401f0000010008006461746120030000", "hex"),
  Buffer.alloc(800, 128),
]);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test.beforeAll(async ({ aws: { s3 } }) => {
  await s3.send(new CreateBucketCommand({ Bucket }));
});

/** Drops files on the list, as from a file manager. */
async function drop(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const adding = Object.entries(files).map(
    ([name, text]) => `data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: "text/plain" }));`,
  );
  const data = await page.evaluateHandle(`(() => { const data = new DataTransfer(); ${adding.join(" ")} return data; })()`);
  await page.getByTestId("drop-zone").dispatchEvent("drop", { dataTransfer: data });
}

test("files are uploaded by drop, a folder and a large one by the button; they are browsed, found, downloaded and deleted", async ({
  page,
  server,
  aws: { s3 },
}, testInfo) => {
  await page.goto(`${server.url}/console/s3/buckets/${Bucket}`);
  await expect(page.getByText("No objects", { exact: true })).toBeVisible();
  await drop(page, { "a.txt": "first", "b c+ü.txt": "second" });
  await expect(page.getByText(/^All was uploaded: 2 of 2 files/)).toBeVisible();
  const grid = page.getByRole("grid", { name: "Objects" });
  await expect(grid.getByRole("link", { name: "b c+ü.txt" })).toBeVisible();
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "b c+ü.txt" }));
  expect(await Body?.transformToString()).toBe("second");

  const folder = testInfo.outputPath("holidays");
  await mkdir(join(folder, "sea"), { recursive: true });
  await writeFile(join(folder, "list.txt"), "x");
  await writeFile(join(folder, "sea", "waves.txt"), "y");
  await page.getByLabel("Folder to upload").first().setInputFiles(folder);
  await expect(page.getByText(/^All was uploaded: 4 of 4 files/)).toBeVisible();
  // Three parts, the last one short.
  const large = randomBytes(17 * 1024 * 1024);
  await writeFile(testInfo.outputPath("large.bin"), large);
  await page.getByLabel("Files to upload").first().setInputFiles(testInfo.outputPath("large.bin"));
  await expect(page.getByText(/^All was uploaded: 5 of 5 files/)).toBeVisible();
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "large.bin" }))).ETag).toMatch(/-3"$/);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByRole("heading", { name: /^Uploads/ })).toHaveCount(0);

  await page.getByRole("checkbox", { name: "Select large.bin" }).check();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  expect(download.suggestedFilename()).toBe("large.bin");
  expect(sha256(await readFile(await download.path()))).toBe(sha256(large));
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("menuitem", { name: "Copy S3 URI" }).click();
  await expect(page.getByText("Copied s3://photos/large.bin")).toBeVisible();

  await grid.getByRole("link", { name: "holidays/" }).click();
  await grid.getByRole("link", { name: "sea/" }).click();
  await expect(grid.getByRole("link", { name: "waves.txt" })).toBeVisible();
  await page.getByRole("navigation", { name: "Folders" }).getByRole("link", { name: "holidays/" }).click();
  await page.getByRole("button", { name: "Create folder" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Folder name" }).fill("lake");
  await dialog.getByRole("button", { name: "Create folder" }).click();
  await expect(grid.getByRole("link", { name: "lake/" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Find objects by prefix" }).fill("li");
  await expect(grid.getByRole("row")).toHaveCount(2);
  await page.getByRole("navigation", { name: "Folders" }).getByRole("link", { name: "photos" }).click();
  await page.getByRole("checkbox", { name: "Select holidays/" }).check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByRole("textbox").fill("permanently delete");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("Deleted 3 objects from photos.")).toBeVisible();
  const keys = (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key);
  expect(keys).toEqual(["a.txt", "b c+ü.txt", "large.bin"]);
});

test("an upload is cancelled and tried again; one that fails says why", async ({ page, server, aws: { s3 } }) => {
  await s3.send(new CreateBucketCommand({ Bucket: "slow" }));
  await page.goto(`${server.url}/console/s3/buckets/slow`);
  await expect(page.getByText("No objects", { exact: true })).toBeVisible();
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/slow/held.txt", async (route) => {
    await held;
    await route.continue();
  });
  await page.route("**/slow/refused.txt", (route) =>
    route.fulfill({ status: 403, body: "<Error><Code>AccessDenied</Code><Message>Not &amp; never</Message></Error>" }),
  );
  await drop(page, { "held.txt": "patience", "refused.txt": "no", "quick.txt": "yes" });
  const uploads = page.getByRole("table", { name: "Uploads" });
  // What is there already is shown while others are still going up.
  await expect(page.getByRole("link", { name: "quick.txt" })).toBeVisible();
  await expect(uploads.getByRole("button", { name: "Cancel held.txt" })).toBeVisible();
  await expect(uploads.getByRole("row", { name: /refused/ })).toContainText("AccessDenied Not & never");
  await uploads.getByRole("button", { name: "Cancel held.txt" }).click();
  await expect(page.getByText(/^Not all was uploaded: 1 of 3 files.*1 failed, 1 cancelled/)).toBeVisible();
  release?.();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.getByRole("button", { name: "Retry all" }).click();
  await expect(page.getByText(/^All was uploaded: 3 of 3 files/)).toBeVisible();
});

test("more objects than a page holds are paged; versions are shown, hidden, brought back and deleted for good", async ({
  page,
  server,
  aws: { s3 },
}) => {
  const many = { Bucket: "many" };
  await s3.send(new CreateBucketCommand(many));
  await Promise.all(
    Array.from({ length: 101 }, (_, index) =>
      s3.send(new PutObjectCommand({ ...many, Key: `n${String(index).padStart(3, "0")}`, Body: "x" })),
    ),
  );
  await page.goto(`${server.url}/console/s3/buckets/many`);
  const grid = page.getByRole("grid", { name: "Objects" });
  await expect(grid.getByRole("row")).toHaveCount(101);
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(grid.getByRole("link", { name: "n100" })).toBeVisible();
  await expect(grid.getByRole("row")).toHaveCount(2);

  const kept = { Bucket: "kept" };
  await s3.send(new CreateBucketCommand(kept));
  await s3.send(new PutBucketVersioningCommand({ ...kept, VersioningConfiguration: { Status: "Enabled" } }));
  for (const Body of ["old", "new"]) await s3.send(new PutObjectCommand({ ...kept, Key: "note.txt", Body, ContentType: "text/plain" }));
  await page.goto(`${server.url}/console/s3/buckets/kept`);
  const dialog = page.getByRole("dialog");
  const remove = async (typed: string): Promise<void> => {
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await dialog.getByRole("textbox").fill(typed);
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  };
  await page.getByRole("checkbox", { name: "Select note.txt" }).check();
  await remove("delete");
  await expect(page.getByText("No objects", { exact: true })).toBeVisible();
  await page.getByRole("checkbox", { name: "Show versions" }).click();
  await expect(grid.getByRole("row")).toHaveCount(4);
  await grid
    .getByRole("row", { name: /Delete marker/ })
    .getByRole("checkbox")
    .check();
  await remove("permanently delete");
  await expect(grid.getByRole("row")).toHaveCount(3);
  await page.getByRole("checkbox", { name: "Show versions" }).click();
  await expect(grid.getByRole("row")).toHaveCount(2);
  await grid.getByRole("link", { name: "note.txt" }).click();
  await page.getByRole("tab", { name: "Versions" }).click();
  const versions = page.getByRole("table", { name: "Versions" });
  await versions.getByRole("link").last().click();
  await page.getByRole("tab", { name: "Preview" }).click();
  await expect(page.getByRole("group", { name: "Preview" })).toHaveText("old");
  await remove("permanently delete");
  await expect(page).toHaveURL(/\/buckets\/kept$/);
  expect((await s3.send(new ListObjectVersionsCommand(kept))).Versions).toHaveLength(1);
});

test("an object's page has its details, metadata and tags, and shows text, JSON, images and sound; a page that somebody uploaded runs nowhere", async ({
  page,
  server,
  aws: { s3 },
}) => {
  const put = (Key: string, Body: string | Buffer, ContentType: string) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, Metadata: { author: "ann" } }));
  await put("shown/data.json", '{"a":{"b":1}}', "application/json");
  await put("shown/pixel.png", pixel, "image/png");
  await put("shown/page.html", "<script>document.title = 'taken'; opener = 1</script><h1>hi</h1>", "text/html");
  await put(
    "shown/drawing.svg",
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>parent.document.title="taken"</script></svg>',
    "image/svg+xml",
  );
  await put("shown/silence.wav", silence, "audio/wav");
  await put("shown/zeros.zip", "PK", "application/zip");
  const open = (key: string, tab = "preview") =>
    page.goto(`${server.url}/console/s3/buckets/${Bucket}/object?key=${encodeURIComponent(`shown/${key}`)}&tab=${tab}`);
  await open("data.json", "properties");
  await expect(page.getByRole("table", { name: "Metadata" }).getByRole("row", { name: /x-amz-meta-author/ })).toContainText("ann");
  await expect(page.getByText("s3://photos/shown/data.json")).toBeVisible();
  await page.getByRole("button", { name: "Edit tags" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add tag" }).click();
  await dialog.getByRole("textbox", { name: "Key of tag 1" }).fill("season");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("table", { name: "Tags" }).getByRole("row", { name: /season/ })).toBeVisible();
  await page.getByRole("tab", { name: "Preview" }).click();
  const preview = page.getByRole("group", { name: "Preview" });
  await expect(preview).toContainText('"b": 1');
  for (const [image, width] of [
    ["pixel.png", 1],
    ["drawing.svg", 9],
  ] as const) {
    await open(image);
    await expect(preview.getByRole("img")).toHaveJSProperty("naturalWidth", width);
  }
  await expect(page).toHaveTitle(/drawing\.svg/);
  await open("silence.wav");
  await expect(preview.getByLabel("Preview of shown/silence.wav")).toHaveJSProperty("duration", 0.1);
  await open("page.html");
  await expect(preview).toContainText("<script>");
  await expect(page).toHaveTitle(/page\.html/);
  await expect(page.locator("iframe")).toHaveCount(0);
  await put("shown/broken.png", "no picture", "image/png");
  await open("broken.png");
  await expect(page.getByText("The browser can't show what is in it as image.")).toBeVisible();
  await open("zeros.zip");
  await expect(page.getByText(/There is no preview of application\/zip/)).toBeVisible();
  await open("nothing.txt");
  await expect(page.getByText("There is no object shown/nothing.txt in photos")).toBeVisible();
});
