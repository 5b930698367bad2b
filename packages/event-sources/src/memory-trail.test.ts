import { expect, test } from "vitest";
import { createMemoryTrail } from "./memory-trail.ts";

const place = {
  accountId: "123456789012",
  region: "us-east-1",
  sourceArn: "arn:aws:sqs:us-east-1:123456789012:orders",
  mappingUuid: "a",
  functionArn: "arn:aws:lambda:us-east-1:123456789012:function:f:live",
};
const all = { accountId: place.accountId, region: place.region, id: undefined, functionArn: undefined, sourceArn: undefined };

function trailOf(bounds: { eventCount?: number; stepCount?: number; keptMs?: number } = {}) {
  let nowMs = 1000;
  const clock = { now: () => nowMs, monotonicMs: () => nowMs };
  const trail = createMemoryTrail({ eventCount: 3, stepCount: 3, producedCount: 2, keptMs: 1000, ...bounds }, clock);
  return { trail, ids: () => trail.find(all, 10).map(({ eventId }) => eventId), pass: (ms: number) => void (nowMs += ms) };
}

test("an event is found by its id, by a request's, by its function and by its source, in its own account and region", () => {
  const { trail } = trailOf();
  trail.note(place, "1", { kind: "received", receiveCount: 1 });
  trail.note(place, "1", { kind: "delivered", requestId: "r" });
  trail.note({ ...place, mappingUuid: "b", functionArn: `${place.functionArn}-other`, sourceArn: "other" }, "1", { kind: "loop" });
  const steps = [
    { kind: "received", receiveCount: 1, atMs: 1000 },
    { kind: "delivered", requestId: "r", atMs: 1000 },
  ];
  expect(trail.find({ ...all, id: "1" }, 10)).toHaveLength(2);
  for (const query of [
    { id: "r" },
    { sourceArn: place.sourceArn },
    { functionArn: place.functionArn },
    { functionArn: place.functionArn.replace(":live", ""), sourceArn: place.sourceArn },
  ])
    expect(trail.find({ ...all, ...query }, 10)).toEqual([{ ...place, eventId: "1", steps }]);
  for (const query of [{ id: "2" }, { accountId: "000000000000" }, { region: "eu-west-1" }, { functionArn: "arn:none" }])
    expect(trail.find({ ...all, ...query }, 10)).toEqual([]);
});

test("those come first to which something happened last, and the oldest are forgotten", () => {
  const { trail, ids, pass } = trailOf();
  for (const id of ["1", "2", "3"]) {
    trail.note(place, id, { kind: "left" });
    pass(1);
  }
  trail.note(place, "1", { kind: "deleted" });
  expect(ids()).toEqual(["1", "3", "2"]);
  expect(trail.find(all, 2).map(({ eventId }) => eventId)).toEqual(["1", "3"]);
  trail.note(place, "4", { kind: "left" });
  expect(ids()).toEqual(["4", "3", "2"]);
  pass(900);
  trail.note(place, "3", { kind: "deleted" });
  pass(200);
  expect(ids()).toEqual(["3"]);
});

test("of many steps the last are kept", () => {
  const { trail } = trailOf();
  for (let receiveCount = 1; receiveCount <= 9; receiveCount++) trail.note(place, "1", { kind: "received", receiveCount });
  expect(trail.find(all, 1)[0]?.steps).toMatchObject([7, 8, 9].map((receiveCount) => ({ receiveCount })));
});

const source = { ...place, mappingUuid: "", functionArn: "" };
const kindsOf = (found: readonly { readonly steps: readonly { readonly kind: string }[] }[]) =>
  found.map(({ steps }) => steps.map(({ kind }) => kind));

test("what the source says of an event is part of each of its ways, and is told by itself while there is none", () => {
  const { trail, pass } = trailOf({ stepCount: 9 });
  trail.note(source, "1", { kind: "produced", by: "ann", requestId: "sent" });
  expect(kindsOf(trail.find({ ...all, id: "sent" }, 10))).toEqual([["produced"]]);
  expect(trail.find({ ...all, functionArn: place.functionArn }, 10)).toEqual([]);
  pass(1);
  trail.note(place, "1", { kind: "received", receiveCount: 1, sentAtMs: 1000, sentBy: "ann" });
  pass(1);
  trail.note(source, "1", { kind: "dead-lettered", queueArn: "dead" });
  for (const id of ["1", "sent", undefined])
    expect(kindsOf(trail.find({ ...all, id }, 10))).toEqual([["produced", "received", "dead-lettered"]]);
  expect(trail.find({ ...all, functionArn: place.functionArn }, 10)).toHaveLength(1);
});

test("who sent a message is known from the message, too, when nobody remembers it", () => {
  const { trail, pass } = trailOf();
  trail.note(source, "1", { kind: "produced", by: "ann" });
  for (const id of ["2", "3"]) trail.note(source, id, { kind: "produced", by: "ben" });
  expect(trail.find({ ...all, id: "1" }, 10)).toEqual([]);
  pass(5);
  trail.note(place, "1", { kind: "received", receiveCount: 1, sentAtMs: 1000, sentBy: "ann" });
  expect(trail.find({ ...all, id: "1" }, 10)[0]?.steps).toMatchObject([{ kind: "produced", by: "ann", atMs: 1000 }, { kind: "received" }]);
});

test("who else received a message is told beside what its mapping says, which need not be told twice", () => {
  const { trail } = trailOf({ stepCount: 4 });
  const taken = (receiveCount: number) => ({ kind: "taken", by: "ben", receiveCount, requestId: `receive ${receiveCount}` }) as const;
  trail.note(source, "1", { kind: "produced", by: "ann" });
  trail.note(source, "1", taken(1));
  for (const id of ["1", "receive 1"]) expect(kindsOf(trail.find({ ...all, id }, 10))).toEqual([["produced", "taken"]]);
  trail.note(source, "1", taken(2));
  trail.note(place, "1", { kind: "received", receiveCount: 2 });
  expect(kindsOf(trail.find({ ...all, id: "1" }, 10))).toEqual([["produced", "taken", "received"]]);
  for (const receiveCount of [3, 4, 5, 6]) trail.note(source, "1", taken(receiveCount));
  expect(kindsOf(trail.find({ ...all, id: "1" }, 10))).toEqual([["produced", "taken", "taken", "taken", "received"]]);
});

test("an event is found by the message that was made of it, and by an object's sequencer", () => {
  const { trail } = trailOf();
  trail.note(place, "1", { kind: "accepted", sequencer: "0A" });
  trail.note(place, "1", { kind: "delivered", messageId: "m" });
  for (const id of ["0A", "m"]) expect(kindsOf(trail.find({ ...all, id }, 10))).toEqual([["accepted", "delivered"]]);
});

test("an id leads on to what was made of the event, however often, and to nothing else; a function is told of its own part", () => {
  const { trail, pass } = trailOf({ eventCount: 9 });
  const topic = { ...place, sourceArn: "arn:aws:sns:us-east-1:123456789012:news", mappingUuid: "subscription" };
  const own = { ...place, sourceArn: place.functionArn, mappingUuid: "asynchronous", functionArn: "arn:f" };
  trail.note({ ...place, sourceArn: "arn:aws:s3:::b", functionArn: topic.sourceArn }, "put", { kind: "delivered", messageId: "m" });
  pass(1);
  trail.note({ ...topic, functionArn: own.functionArn }, "m", { kind: "delivered", requestId: "run" });
  pass(1);
  trail.note(own, "run", { kind: "failed", requestId: "run" });
  trail.note(own, "another", { kind: "failed", requestId: "another" });
  const idsOf = (query: object) => trail.find({ ...all, ...query }, 10).map(({ eventId }) => eventId);
  expect(idsOf({ id: "put" })).toEqual(["run", "m", "put"]);
  expect(idsOf({ id: "m" })).toEqual(["run", "m", "put"]);
  expect(idsOf({ id: "put", functionArn: own.functionArn })).toEqual(["run", "m"]);
  expect(idsOf({ id: "put", sourceArn: topic.sourceArn })).toEqual([]);
});

test("a repetition is found by its own request, and leads to the way of the first one", () => {
  const { trail, pass } = trailOf();
  trail.note(place, "1", { kind: "accepted", by: "ann" });
  pass(1);
  trail.note(source, "1", { kind: "repeated", by: "ben", requestId: "again" });
  expect(kindsOf(trail.find({ ...all, id: "again" }, 10))).toEqual([["accepted", "repeated"]]);
});

test("of a function's versions and aliases one can be meant", () => {
  const { trail } = trailOf();
  trail.note(place, "1", { kind: "loop" });
  for (const [name, count] of [
    ["live", 1],
    ["liv", 0],
  ] as const)
    expect(trail.find({ ...all, functionArn: place.functionArn.replace(/live$/, name) }, 10)).toHaveLength(count);
});
