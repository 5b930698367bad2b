import { expect, test } from "vitest";
import { actionTexts, draftOf, isSimple, newRule, problemsOf, ruleOf } from "./lifecycle-draft.ts";

test("a rule comes back from its form as it was", () => {
  const rule = ruleOf({ ...newRule, id: "old logs", prefix: "logs/", expireDays: "30", noncurrentDays: "1", abortDays: "7" });
  expect(ruleOf(draftOf(rule))).toEqual(rule);
  expect(isSimple(rule)).toBe(true);
  expect(actionTexts(rule)).toEqual([
    "Objects expire after 30 days",
    "Earlier versions go after 1 day",
    "Uploads that are not completed go after 7 days",
  ]);
});

test("what the form does not have makes a rule more than simple", () => {
  expect(isSimple({ Status: "Enabled", Filter: { Tag: { Key: "a", Value: "b" } }, Expiration: { Days: 1 } })).toBe(false);
});

test("fields say what is wrong with them, and a rule that does nothing says so", () => {
  expect(problemsOf({ ...newRule, id: "a" }, [{ ID: "a", Status: "Enabled" }])).toMatchObject({
    id: "Another rule is called that.",
    actions: "Say what the rule does.",
  });
  expect(Object.keys(problemsOf({ ...newRule, id: "a", expireDays: "0", removesMarkers: true }, []))).toEqual([
    "expireDays",
    "removesMarkers",
  ]);
  expect(problemsOf({ ...newRule, id: "a", abortDays: "7" }, [])).toEqual({});
});
