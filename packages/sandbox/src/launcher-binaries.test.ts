import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("the committed launchers were built from the committed sources", () => {
  const launcher = join(import.meta.dirname, "../launcher");
  const recorded = Object.fromEntries(
    readFileSync(join(launcher, "bin/SOURCE"), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(" ").slice(0, 2)),
  ) as Record<string, string>;
  const hash = (files: readonly string[]): string => {
    const sum = createHash("sha256");
    for (const file of files) sum.update(readFileSync(join(launcher, file)));
    return sum.digest("hex");
  };
  expect(hash(["launcher.h", "launcher.c", "spec.c", "root.c", "attach.c", "network.c", "uplink.c", "filter.c"])).toBe(recorded["sources"]);
  for (const architecture of ["x64", "arm64"]) expect(hash([`bin/${architecture}/mayfly-launcher`])).toBe(recorded[architecture]);
});
