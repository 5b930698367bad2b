import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { functionTabs } from "../app/paths.ts";
import { helpTopics } from "./topics.tsx";

const source = join(import.meta.dirname, "..");

test("every topic that a page or an Info link names is there", () => {
  const named = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".tsx"))
    .flatMap((path) =>
      [...readFileSync(join(source, path), "utf8").matchAll(/(?:help: |topic=)"([\w-]+)"/g)].map(([, topic]) => topic ?? ""),
    );
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set([...named, ...functionTabs])].filter((topic) => !(topic in helpTopics))).toEqual([]);
});
