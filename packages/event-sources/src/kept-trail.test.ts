import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "@mayfly/db";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createKeptTrail, type KeptTrailBounds } from "./kept-trail.ts";

const place = {
  accountId: "123456789012",
  region: "us-east-1",
  sourceArn: "arn:aws:sqs:us-east-1:123456789012:orders",
  mappingUuid: "a",
  functionArn: "arn:aws:lambda:us-east-1:123456789012:function:f",
};
const all = { accountId: place.accountId, region: place.region, id: undefined, functionArn: undefined, sourceArn: undefined };

let folder: string;
let db: Database;
let nowMs: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-kept-trail-"));
  db = await openDatabase({ folder, ephemeral: true });
  nowMs = 1_000_000;
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const onProblem = (line: string): void => {
  throw new Error(line);
};

function startTrail(bounds: Partial<KeptTrailBounds> = {}) {
  const clock = { now: () => nowMs++, monotonicMs: () => nowMs };
  const trail = createKeptTrail(
    { eventCount: 4, stepCount: 3, producedCount: 2, keptMs: 1000, saveMs: 1, saveCount: 2, ...bounds },
    { store: db.trailEvents, clock, onProblem },
  );
  return { trail, told: async () => (await trail.find(all, 10)).map(({ eventId, steps }) => [eventId, ...steps.map(({ kind }) => kind)]) };
}

test("what became of events is known after a restart, and goes on there", async () => {
  const { trail } = startTrail();
  for (const id of ["1", "2", "3", "4", "5"]) trail.note(place, id, { kind: "received", receiveCount: 1 });
  await trail.close();

  const later = startTrail();
  later.trail.note(place, "3", { kind: "deleted" });
  expect(await later.told()).toEqual([
    ["3", "received", "deleted"],
    ["5", "received"],
    ["4", "received"],
    ["2", "received"],
  ]);
  later.trail.note(place, "6", { kind: "left" });
  expect((await later.told()).map(([id]) => id)).toEqual(["6", "3", "5", "4"]);
  await later.trail.close();
  expect(await startTrail().told()).toEqual([
    ["6", "left"],
    ["3", "received", "deleted"],
    ["5", "received"],
    ["4", "received"],
  ]);
});

test("it is written down while the server runs", async () => {
  const { trail } = startTrail();
  for (const id of ["1", "2", "3"]) trail.note(place, id, { kind: "left" });
  await expect.poll(async () => (await db.trailEvents.list(0, 10)).length).toBe(3);
  trail.note(place, "2", { kind: "deleted" });
  await expect.poll(async () => (await db.trailEvents.list(0, 10))[1]?.text).toContain("deleted");
  await trail.abandon();
});

test("what is forgotten is not kept either", async () => {
  const { trail } = startTrail({ eventCount: 2 });
  trail.note(place, "1", { kind: "left" });
  await expect.poll(async () => (await db.trailEvents.list(0, 10)).length).toBe(1);
  for (const id of ["2", "3", "4"]) trail.note(place, id, { kind: "left" });
  await trail.close();
  expect((await db.trailEvents.list(0, 10)).map(({ key }) => key)).toEqual(["a/3", "a/4"]);
  nowMs += 2000;
  expect(await startTrail().told()).toEqual([]);
  expect(await db.trailEvents.list(0, 10)).toEqual([]);
});
