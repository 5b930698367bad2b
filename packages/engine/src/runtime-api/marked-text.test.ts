import { expect, test } from "vitest";
import { MarkedText } from "./marked-text.ts";

const text = "A: 1\r\nB: 2\r\n\r\nrest";

test.each([[1], [2], [3], [5], [100]])("a mark that comes in pieces of %d bytes", (size) => {
  const marked = new MarkedText();
  for (let at = 0; at < text.length; at += size) {
    const taken = marked.take(Buffer.from(text.slice(at, at + size)), "\r\n\r\n", 100);
    if (taken === "more") continue;
    expect(taken).toMatchObject({ text: "A: 1\r\nB: 2" });
    expect(marked.isEmpty).toBe(true);
    return;
  }
  expect.unreachable();
});

test("too long, with the mark and without", () => {
  expect(new MarkedText().take(Buffer.from("abcdef\r\n"), "\r\n", 5)).toBe("too-long");
  expect(new MarkedText().take(Buffer.from("abcdef\r\n"), "\r\n", 6)).toMatchObject({ text: "abcdef" });
  const marked = new MarkedText();
  for (let count = 0; count < 50; count++) expect(marked.take(Buffer.from("ab"), "\r\n", 100)).toBe("more");
  expect(marked.take(Buffer.from("a"), "\r\n", 100)).toBe("too-long");
});

test("a text of many small pieces", () => {
  const marked = new MarkedText();
  for (let count = 0; count < 10_000; count++) marked.take(Buffer.from("a"), "\r\n", 20_000);
  expect(marked.take(Buffer.from("\r"), "\r\n", 20_000)).toBe("more");
  const taken = marked.take(Buffer.from("\nb"), "\r\n", 20_000);
  expect(taken).toMatchObject({ text: "a".repeat(10_000), rest: Buffer.from("b") });
});
