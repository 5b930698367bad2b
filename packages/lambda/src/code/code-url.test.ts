import { describe, expect, it } from "vitest";
import { readCodeUrl, signCodeUrl } from "./code-url.ts";

const secret = Buffer.from("secret");
const location = { accountId: "123456789012", sha256: "ab".repeat(32) };

describe("a signed code URL", () => {
  const url = new URL(signCodeUrl(secret, "http://127.0.0.1:4566", location, 5000));
  const read = (path: string, query: string, nowMs: number) => readCodeUrl(secret, path, query, nowMs);

  it("leads to its package until it expires", () => {
    expect(read(url.pathname, url.search.slice(1), 4999)).toEqual(location);
    expect(read(url.pathname, url.search.slice(1), 5000)).toBe("expired");
  });

  it("is good for nothing else", () => {
    expect(read(url.pathname.replace("123456789012", "123456789013"), url.search.slice(1), 1)).toBe("invalid");
    expect(read(url.pathname.replace("abab", "abac"), url.search.slice(1), 1)).toBe("invalid");
    expect(read(url.pathname, url.search.slice(1).replace("5000", "9999"), 1)).toBe("invalid");
    expect(read(url.pathname, "", 1)).toBe("invalid");
    expect(read("/_mayfly/code/../x", url.search.slice(1), 1)).toBe("invalid");
    expect(readCodeUrl(Buffer.from("other"), url.pathname, url.search.slice(1), 1)).toBe("invalid");
  });
});
