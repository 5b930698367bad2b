import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, test } from "vitest";
import type { HostileCase } from "./case.ts";
import { hostileGroups } from "./cases/index.ts";
import { boundedBy, lostTo } from "./levels.ts";
import { playCase, type Measured } from "./play.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
const rows: string[] = [];
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
  console.log(rows.join("\n"));
});

const ms = (value: number): string => `${value.toFixed(1).padStart(7)} ms`;

function note(name: string, measured: Measured): void {
  const { attackMs, neighbourCalls, neighbourP99Ms, serverStallMs, serverGrowthMb } = measured;
  if (rows.length === 0)
    rows.push(
      `Sandboxes by the ${stage.support.way}, isolation ${stage.support.level}. The neighbour's p99 when all is quiet: ${ms(stage.quietP99Ms).trim()}`,
    );
  rows.push(
    `${name.padEnd(64)} ${ms(attackMs)}; neighbour's p99 ${ms(neighbourP99Ms)} over ${String(neighbourCalls).padStart(5)} calls; server's longest turn ${ms(serverStallMs)}, growth ${serverGrowthMb.toFixed(0).padStart(3)} MB`,
  );
}

async function expectHeld(hostile: HostileCase): Promise<void> {
  const { name, starves, withoutControlGroup } = hostile;
  if (starves === undefined || withoutControlGroup === "watched" || boundedBy(stage.support, starves)) {
    note(name, await playCase(stage, hostile));
    return;
  }
  // Nothing would stop it, not even for this machine's sake: then doctor has to say so.
  assert.match(lostTo(stage.support, starves), /\S/);
  rows.push(`${name.padEnd(64)} not held by this machine, and doctor says so`);
}

describe.each(hostileGroups)("$title", ({ cases }) => {
  test.each(cases.filter(({ only }) => only === undefined || only === process.arch))("$name", (hostile) => expectHeld(hostile));
});
