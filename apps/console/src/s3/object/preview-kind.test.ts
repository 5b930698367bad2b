import { expect, test } from "vitest";
import { previewKindOf } from "./preview-kind.ts";

test.each([
  ["a.png", "image/png", "image"],
  ["a", "text/html; charset=utf-8", "text"],
  ["a.html", "binary/octet-stream", "text"],
  ["a.json", undefined, "json"],
  ["a", "application/problem+json", "json"],
  ["a.mp3", "", "audio"],
  ["a", "video/webm; codecs=vp9", "video"],
  ["a.pdf", "application/pdf", undefined],
  ["a.zip", "application/zip", undefined],
  ["a.txt", "application/zip", undefined],
  ["a", "", undefined],
])("%s of type %s is shown as %s", (key, type, kind) => {
  expect(previewKindOf(key, type)?.kind).toBe(kind);
});

test("what is shown as an image or played is given that type and no other", () => {
  expect(previewKindOf("x.png", "text/html")).toEqual({ kind: "text" });
  expect(previewKindOf("x.mp4", "text/html")).toEqual({ kind: "text" });
  expect(previewKindOf("x", "video/<b>")).toBeUndefined();
  expect(previewKindOf("x.svg", "")).toEqual({ kind: "image", type: "image/svg+xml" });
});
