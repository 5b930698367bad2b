import { expect, test } from "vitest";
import { entryName, extensionOf, foldersOf } from "./entry.ts";

test("a prefix is the way through its folders; what begins it with a slash has one without a name", () => {
  expect(foldersOf("")).toEqual([]);
  expect(foldersOf("a/b/")).toEqual([
    { name: "a/", prefix: "a/" },
    { name: "b/", prefix: "a/b/" },
  ]);
  expect(foldersOf("/x/").map(({ prefix }) => prefix)).toEqual(["/", "/x/"]);
});

test("a line shows what its key has beyond the folder", () => {
  expect(entryName("a/b/c.txt", "a/b/")).toBe("c.txt");
  expect(entryName("a/b/", "a/")).toBe("b/");
  expect(entryName("a/", "a/")).toBe("(this folder)");
});

test.each([
  ["a/b.TXT", "txt"],
  ["a.b/c", "-"],
])("%s is of type %s", (key, type) => {
  expect(extensionOf(key)).toBe(type);
});
