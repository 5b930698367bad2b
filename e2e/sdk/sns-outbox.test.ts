import { expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import type { MayflyOperations } from "@mayfly/wire/mayfly";
import { topicSubscribers, type Envelope } from "./topic-subscribers.ts";

// Anybody may ask: the outbox is read without a signature.
const { clients, server, restart } = serveTests({ arguments: ["--auth", "open"] });
const $ = topicSubscribers(clients);

type Answer = MayflyOperations["ListOutboxMails"]["output"];

async function mails(input: MayflyOperations["ListOutboxMails"]["input"] = {}): Promise<Answer> {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Mayfly_20261123.ListOutboxMails" };
  const response = await fetch(server.url, { method: "POST", headers, body: JSON.stringify(input) });
  return (await response.json()) as Answer;
}

/** Waits for so many mails to somebody; the newest comes first. */
const mailsTo = (address: string, count: number) =>
  waitFor(`${count} mails to ${address}`, async () => {
    const found = (await mails()).Mails.filter(({ To }) => To === address);
    return found.length >= count && found;
  });

/** As a browser follows a link. */
const follow = async (url: string | undefined): Promise<number> =>
  (await fetch(url ?? "", { headers: { "sec-fetch-dest": "document", "sec-fetch-mode": "navigate" } })).status;

test("people are asked by mail, get what is published, and leave by a link; all of it lies in the outbox", async () => {
  const topic = await $.createTopic("people", { DisplayName: "The office" });
  const arn = await $.subscribe(topic, "email", "ann@example.com");
  const [asked] = await mailsTo("ann@example.com", 1);
  expect(asked).toMatchObject({
    From: "The office <no-reply@sns.amazonaws.com>",
    Subject: "AWS Notification - Subscription Confirmation",
    Kind: "SubscriptionConfirmation",
    TopicArn: topic,
  });
  expect(asked?.Text).toContain(asked?.ConfirmUrl);
  expect(await follow(asked?.ConfirmUrl)).toBe(200);
  const { MessageId } = await $.publish(topic, "Lunch is ready", { Subject: "Lunch" });
  const [told] = await mailsTo("ann@example.com", 2);
  expect(told).toMatchObject({ Subject: "Lunch", Kind: "Notification", MessageId, SubscriptionArn: arn });
  expect(told?.Text).toMatch(/^Lunch is ready\n\n--\nIf you wish to stop receiving notifications/);
  expect(told?.Text).toContain(told?.UnsubscribeUrl);
  await server.kill();
  await restart();
  expect((await mailsTo("ann@example.com", 2))[0]).toMatchObject({ Subject: "Lunch" });
  expect(await follow(told?.UnsubscribeUrl?.replace(/^http:\/\/[^/]+/, server.url))).toBe(200);
  expect((await mailsTo("ann@example.com", 3))[0]).toMatchObject({ Kind: "UnsubscribeConfirmation" });
});

test("programs get the envelope, and a text of their own where the message has one", async () => {
  const topic = await $.createTopic("programs");
  await $.subscribe(topic, "email-json", "bot@example.com");
  const [asked] = await mailsTo("bot@example.com", 1);
  expect(JSON.parse(asked?.Text ?? "")).toMatchObject({ Type: "SubscriptionConfirmation", SubscribeURL: asked?.ConfirmUrl });
  expect(await follow(asked?.ConfirmUrl)).toBe(200);
  const Message = JSON.stringify({ default: "for all", "email-json": "for programs" });
  await $.publish(topic, Message, { MessageStructure: "json" });
  const [told] = await mailsTo("bot@example.com", 2);
  expect(JSON.parse(told?.Text ?? "") as Envelope).toMatchObject({ Type: "Notification", Message: "for programs" });
  expect(told?.Subject).toBe("AWS Notification Message");
});

test("the outbox is read by pages, the newest first", async () => {
  const topic = await $.createTopic("many");
  for (let at = 0; at < 3; at++) await $.subscribe(topic, "email", `many-${at}@example.com`);
  await mailsTo("many-2@example.com", 1);
  const first = await mails({ MaxItems: 2 });
  const second = await mails({ MaxItems: 2, Marker: first.NextMarker ?? "" });
  expect([...first.Mails, ...second.Mails].slice(0, 3).map(({ To }) => To)).toEqual([2, 1, 0].map((at) => `many-${at}@example.com`));
  expect(await mails({ Marker: "nonsense" })).toMatchObject({ message: "The provided Marker is invalid." });
});
