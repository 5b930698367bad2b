import { expect, test } from "vitest";
import { collectBehindPassingBytes } from "./passing-bytes.ts";

const mebibyte = 1024 * 1024;

test("what was left behind is collected every 8 MiB; few bytes are not worth it", () => {
  let collections = 0;
  const passing = collectBehindPassingBytes(() => void collections++);
  for (let at = 0; at < 33; at++) passing(mebibyte);
  expect(collections).toBe(4);
});
