import * as sns from "@aws-sdk/client-sns";
import { afterAll, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { mayflyTrail, trailSteps } from "./mayfly-trail.ts";
import { startEndpoint, topicSubscribers, type Envelope } from "./topic-subscribers.ts";

const { clients, server } = serveTests();
const $ = topicSubscribers(clients);
const web = await startEndpoint(({ path, headers }) =>
  path.startsWith("/failing") && headers["x-amz-sns-message-type"] === "Notification" ? 500 : 200,
);
afterAll(() => web.close());

test("unsubscribing by the link tells the endpoint, which can have its subscription again", async () => {
  const topic = await $.createTopic("comes-back");
  const arn = await $.subscribeWeb(topic, web);
  await $.publish(topic, "first");
  const [posted] = await web.got(1);
  expect((await fetch((JSON.parse(posted?.body ?? "") as Envelope)["UnsubscribeURL"] ?? "")).status).toBe(200);
  const [told] = await web.got(1, "UnsubscribeConfirmation");
  const envelope = JSON.parse(told?.body ?? "") as Envelope;
  expect(envelope["Message"]).toContain(`You have chosen to deactivate subscription ${arn}.`);
  await $.publish(topic, "unheard");
  expect((await fetch(envelope["SubscribeURL"] ?? "")).status).toBe(200);
  await $.publish(topic, "second");
  const messages = (await web.got(2)).map(({ body }) => (JSON.parse(body) as Envelope)["Message"]);
  expect(messages).toEqual(["first", "second"]);
});

test("what is still owed a subscription that is deleted, or whose topic is, is given up, and the trail says so", async () => {
  const DeliveryPolicy = JSON.stringify({ healthyRetryPolicy: { minDelayTarget: 1, maxDelayTarget: 1, numRetries: 100 } });
  const ends: ((topic: string, subscription: string) => Promise<unknown>)[] = [
    (_topic, SubscriptionArn) => clients.sns.send(new sns.UnsubscribeCommand({ SubscriptionArn })),
    (TopicArn) => clients.sns.send(new sns.DeleteTopicCommand({ TopicArn })),
  ];
  for (const [at, end] of ends.entries()) {
    const topic = await $.createTopic(`ends-${at}`);
    const subscription = await $.subscribeWeb(topic, web, { DeliveryPolicy }, `/failing/${at}`);
    const { MessageId = "" } = await $.publish(topic, "late");
    await waitFor("the first attempt", () => web.of().some(({ path }) => path === `/failing/${at}`));
    await end(topic, subscription);
    const told = await waitFor("the end of its trail", async () => {
      const { stdout } = await mayflyTrail(server, MessageId);
      return trailSteps(stdout).includes("given-up") && stdout;
    });
    expect(told).toMatch(/given-up +The subscription was deleted\s*$/);
  }
});
