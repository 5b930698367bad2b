import { GetObjectCommand } from "@aws-sdk/client-s3";
import { PNG } from "pngjs";
import { flag, prepare, thumbnailFiles } from "../bucket-stories.ts";
import { expect, test } from "./fixtures.ts";

test("a picture that is dropped on a bucket's page is seen in a small form in another; the diagram shows who made it so", async ({
  page,
  server,
  aws,
}) => {
  await prepare(aws, {
    name: "thumbnails",
    runtime: "nodejs24.x",
    files: thumbnailFiles(),
    from: "pictures",
    suffix: ".png",
    to: "small-pictures",
  });
  await page.goto(`${server.url}/console/functions/thumbnails`);
  await page.getByRole("group", { name: "Diagram" }).getByRole("link", { name: "pictures" }).click();
  await expect(page.getByText("No objects", { exact: true })).toBeVisible();

  const base64 = flag(400, 200).toString("base64");
  const data = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob("${base64}"), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], "a flag ü.png", { type: "image/png" }));
    return data;
  })()`);
  await page.getByTestId("drop-zone").dispatchEvent("drop", { dataTransfer: data });
  await expect(page.getByText(/^All was uploaded: 1 of 1 files/)).toBeVisible();

  await page.goto(`${server.url}/console/s3/buckets/small-pictures`);
  const small = page.getByRole("grid", { name: "Objects" }).getByRole("link", { name: "a flag ü.png" });
  await expect(async () => {
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(small).toBeVisible({ timeout: 1000 });
  }).toPass();
  await small.click();
  await page.getByRole("tab", { name: "Preview" }).click();
  const preview = page.getByRole("group", { name: "Preview" }).getByRole("img");
  await expect(preview).toHaveJSProperty("naturalWidth", 100);
  await expect(preview).toHaveJSProperty("naturalHeight", 50);
  const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: "small-pictures", Key: "a flag ü.png" }));
  const { data: pixels } = PNG.sync.read(Buffer.from((await Body?.transformToByteArray()) ?? []));
  expect([...pixels.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
});
