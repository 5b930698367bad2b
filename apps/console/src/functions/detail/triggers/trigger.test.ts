import { expect, test } from "vitest";
import { creationOf, draftOf, editOf, newTrigger, problemsOf, settingsOf, type TriggerDraft } from "./trigger.ts";

const sourceArn = "arn:aws:sqs:us-east-1:123456789012:orders";
const draft: TriggerDraft = { ...newTrigger, sourceArn };

test("a new trigger asks for what is set, and for nothing else", () => {
  expect(creationOf(draft, "f")).toEqual({
    FunctionName: "f",
    EventSourceArn: sourceArn,
    Enabled: true,
    BatchSize: 10,
    MaximumBatchingWindowInSeconds: 0,
  });
  expect(creationOf({ ...draft, sourceArn: `${sourceArn}.fifo` }, "f")).not.toHaveProperty("MaximumBatchingWindowInSeconds");
});

test("an edit takes away what is cleared", () => {
  const before = draftOf({
    EventSourceArn: sourceArn,
    State: "Disabled",
    BatchSize: 5,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    ScalingConfig: { MaximumConcurrency: 7 },
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
  });
  expect(before).toMatchObject({ isEnabled: false, isPartial: true, mostAtOnce: "7", filters: ['{"body":{"a":[1]}}'] });
  expect(settingsOf({ ...before, isPartial: false, mostAtOnce: "", filters: [] })).toMatchObject({
    Enabled: false,
    BatchSize: 5,
    FunctionResponseTypes: [],
    ScalingConfig: {},
    FilterCriteria: { Filters: [] },
  });
});

test("an edit leaves filters alone that were not touched: those that a key protects are not shown", () => {
  const FilterCriteria = { Filters: [{ Pattern: "{}" }] };
  expect(editOf(draft, { KMSKeyArn: "arn:aws:kms:us-east-1:123456789012:key/k" })).not.toHaveProperty("FilterCriteria");
  expect(editOf({ ...draft, filters: ["{}"] }, {})).toMatchObject({ FilterCriteria });
  expect(editOf(draft, { FilterCriteria })).toMatchObject({ FilterCriteria: { Filters: [] } });
});

test.each<[Partial<TriggerDraft>, string[]]>([
  [{}, []],
  [{ sourceArn: "" }, ["sourceArn"]],
  [{ batchSize: "11" }, ["windowSeconds"]],
  [{ batchSize: "11", windowSeconds: "1" }, []],
  [{ batchSize: "11", windowSeconds: "1", sourceArn: `${sourceArn}.fifo` }, ["batchSize"]],
  [{ windowSeconds: "301" }, ["windowSeconds"]],
  [{ windowSeconds: "301", sourceArn: `${sourceArn}.fifo` }, []],
  [{ mostAtOnce: "1" }, ["mostAtOnce"]],
  [{ filters: ["{}", "[", "1"] }, ["filter 1", "filter 2"]],
])("%j is checked", (change, names) => {
  expect(Object.keys(problemsOf({ ...draft, ...change }))).toEqual(names);
});
