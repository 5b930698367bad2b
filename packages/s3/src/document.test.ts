import { expect, test } from "vitest";
import { checkDocument } from "./document.ts";

const body = Buffer.from("123456789");

/** Of `123456789`, as the algorithms' descriptions have it. */
test.each([
  ["content-md5", "JfnnlDI7RTiF9RgfG2JNCw=="],
  ["x-amz-checksum-crc32", "y/Q5Jg=="],
  ["x-amz-checksum-crc32c", "4waSgw=="],
  ["x-amz-checksum-crc64nvme", "rosUhgp5mIg="],
  ["x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="],
  ["x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="],
])("%s", async (name, value) => {
  const isMd5 = name === "content-md5";
  await expect(checkDocument({ [name]: value }, body)).resolves.toBeUndefined();
  await expect(checkDocument({ [name]: value }, Buffer.from("other"))).rejects.toMatchObject({ code: "BadDigest", status: 400 });
  await expect(checkDocument({ [name]: "YQ==" }, body)).rejects.toMatchObject({ code: isMd5 ? "InvalidDigest" : "InvalidRequest" });
});
