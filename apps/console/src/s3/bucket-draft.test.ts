import { expect, test } from "vitest";
import { creationOf, isOpened, newBucket, problemsOf } from "./bucket-draft.ts";

test("a new bucket is private; us-east-1 is where nothing is said", () => {
  const draft = { ...newBucket("us-east-1"), name: "photos" };
  expect(creationOf(draft, "us-east-1")).toEqual({ Bucket: "photos" });
  expect(creationOf(draft, "eu-west-1").CreateBucketConfiguration).toEqual({ LocationConstraint: "us-east-1" });
  expect(isOpened(draft)).toBe(false);
  expect(problemsOf(draft)).toEqual({});
});

test("region and tags are said when it is made", () => {
  const draft = { ...newBucket("eu-west-1"), name: "photos", tags: [{ key: "team", value: "a" }] };
  expect(creationOf(draft, "eu-west-1").CreateBucketConfiguration).toEqual({
    LocationConstraint: "eu-west-1",
    Tags: [{ Key: "team", Value: "a" }],
  });
  expect(Object.keys(problemsOf({ ...draft, name: "A", tags: [{ key: "", value: "" }] }))).toEqual(["name", "tags"]);
});
