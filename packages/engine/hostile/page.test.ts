import { expect, test } from "vitest";
import { hostileGroups } from "./cases/index.ts";
import { isolationPage } from "./page.ts";

test("docs/isolation.md has every case as it is; `node packages/engine/hostile/page.ts` writes it", async () => {
  const { now, due } = await isolationPage();
  expect(now).toBe(due);
});

test("no two cases have one name", () => {
  const names = hostileGroups.flatMap(({ cases }) => cases.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});
