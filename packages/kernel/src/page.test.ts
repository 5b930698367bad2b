import { expect, test } from "vitest";
import { encodePageToken } from "./page-token.ts";
import { pageOfAll, readPage } from "./page.ts";

const refusal = (): Error => new Error("no such token");
const names = ["d", "b", "a", "c"];
const query = (token: string | undefined, list = "names") => ({ list, token, count: 2, keyOf: (name: string) => name, refusal });

test("pages of a list in memory come by their keys, whatever is added or removed between them", () => {
  const first = pageOfAll(query(undefined), names);
  expect(first.items).toEqual(["a", "b"]);
  expect(pageOfAll(query(first.next), ["c", "aa", "d"])).toEqual({ items: ["c", "d"], next: undefined });
});

test("numbers are in their own order", () => {
  const numbers = { list: "n", token: undefined, count: 2, keyOf: (n: number) => n, refusal };
  const first = pageOfAll(numbers, [10, 9, -1]);
  expect(first.items).toEqual([-1, 9]);
  expect(pageOfAll({ ...numbers, token: first.next }, [10, 9, -1]).items).toEqual([10]);
});

test("a page that is read asks for one item more than it has", async () => {
  const asked: unknown[] = [];
  const read = async (after: string | undefined, count: number) => {
    asked.push([after, count]);
    return names
      .toSorted()
      .filter((name) => after === undefined || name > after)
      .slice(0, count);
  };
  const first = await readPage(query(undefined), read);
  const second = await readPage(query(first.next), read);
  expect([first.items, second]).toEqual([["a", "b"], { items: ["c", "d"], next: undefined }]);
  expect(asked).toEqual([
    [undefined, 3],
    ["b", 3],
  ]);
});

test.each(["x", "", encodePageToken("names", "no JSON")])("the token %j is refused", (token) => {
  expect(() => pageOfAll(query(token), names)).toThrow("no such token");
});

test("so is one of another list", () => {
  const { next } = pageOfAll(query(undefined), names);
  expect(() => pageOfAll(query(next, "others"), names)).toThrow("no such token");
});
