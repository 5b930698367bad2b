import { expect, test } from "vitest";
import { configurationOf, newNotification, notificationsOf, problemsOf, statementIdFor } from "./notification.ts";

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:resize";

test("what is read of a bucket is written back the same, whatever case its rules' names have", () => {
  const lists = {
    LambdaFunctionConfigurations: [
      {
        Id: "a",
        LambdaFunctionArn: functionArn,
        Events: ["s3:ObjectCreated:*"],
        Filter: {
          Key: {
            FilterRules: [
              { Name: "Prefix", Value: "in/" },
              { Name: "Suffix", Value: ".png" },
            ],
          },
        },
      },
    ],
    TopicConfigurations: [{ Id: "b", TopicArn: "arn:aws:sns:us-east-1:123456789012:news", Events: ["s3:ObjectRemoved:*"] }],
  };
  const read = notificationsOf(lists);
  expect(read.map(({ kind, prefix, suffix }) => [kind, prefix, suffix])).toEqual([
    ["lambda", "in/", ".png"],
    ["sns", "", ""],
  ]);
  expect(notificationsOf(configurationOf(read))).toEqual(read);
  expect(configurationOf(read)).not.toHaveProperty("QueueConfigurations");
});

test("fields that are missing say so, and so does an event that another includes", () => {
  expect(Object.keys(problemsOf({ ...newNotification("sqs", ""), id: "", events: [] }))).toEqual(["id", "arn", "events"]);
  expect(problemsOf(newNotification("lambda", functionArn))).toEqual({});
  const events = ["s3:ObjectCreated:*", "s3:ObjectCreated:Put"];
  expect(problemsOf({ ...newNotification("lambda", functionArn), events }).events).toContain("Put is among");
});

test("a statement's name has no dots", () => {
  expect(statementIdFor("my.photo.bucket")).toBe("s3-my-photo-bucket");
});
