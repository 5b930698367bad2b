import { expect, test } from "vitest";
import { bucketNameProblem } from "./bucket-name.ts";

test.each(["abc", "my.bucket-1", "0".repeat(63)])("%s is a bucket's name", (name) => {
  expect(bucketNameProblem(name)).toBeUndefined();
});

test.each([
  ["ab", "3 to 63"],
  ["a".repeat(64), "3 to 63"],
  ["My-bucket", "lowercase"],
  ["-abc", "Begin and end"],
  ["a..b", "two dots"],
  ["10.0.0.1", "IP address"],
  ["sthree-x", "Don't begin"],
  ["photos-s3alias", "Don't end"],
])("%s is none: %s", (name, text) => {
  expect(bucketNameProblem(name)).toContain(text);
});
