import { expect, test } from "vitest";
import { changesOf, draftOf, type FilterScope } from "./subscription-draft.ts";

const draft = (FilterPolicyScope?: FilterScope, FilterPolicy?: string) =>
  draftOf({
    TopicArn: "arn:aws:sns:us-east-1:123456789012:news",
    Protocol: "sqs",
    Endpoint: "arn:aws:sqs:us-east-1:123456789012:q",
    ...(FilterPolicyScope && { FilterPolicyScope }),
    ...(FilterPolicy && { FilterPolicy }),
  });
const flat = '{"a":["x"]}';
const nested = '{"a":{"b":["x"]}}';

test.each([
  [
    draft(),
    draft("MessageBody", nested),
    [
      ["FilterPolicyScope", "MessageBody"],
      ["FilterPolicy", nested],
    ],
  ],
  [
    draft("MessageAttributes", flat),
    draft("MessageBody", nested),
    [
      ["FilterPolicyScope", "MessageBody"],
      ["FilterPolicy", nested],
    ],
  ],
  [
    draft("MessageBody", nested),
    draft("MessageAttributes", flat),
    [
      ["FilterPolicy", flat],
      ["FilterPolicyScope", "MessageAttributes"],
    ],
  ],
  [draft("MessageBody", flat), draft("MessageAttributes", flat), [["FilterPolicyScope", "MessageAttributes"]]],
  [draft("MessageBody", nested), draft(), [["FilterPolicy", ""]]],
] as const)(
  "a filter is changed so that SNS takes each step, and none leaves the subscription without it: %#",
  (before, after, changes) => {
    expect(changesOf(after, before)).toEqual(changes);
  },
);
