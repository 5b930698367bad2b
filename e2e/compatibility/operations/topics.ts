import { expect } from "vitest";
import { acts, empty, kept, refused, type Probe } from "../probe.ts";
import { newQueue, nextBody, topicArn } from "../topic-queues.ts";
import type { World } from "../world.ts";

const TopicArn = topicArn("probed");
const phone = "+15551234567";
const PlatformApplicationArn = "arn:aws:sns:us-east-1:123456789012:app/GCM/none";
const EndpointArn = "arn:aws:sns:us-east-1:123456789012:endpoint/GCM/none/1";
let SubscriptionArn = "";

const statements = async ({ sns }: World): Promise<string> => (await sns.getTopicAttributes({ TopicArn })).Attributes?.["Policy"] ?? "";

/** The error of a call that must fail, as `Code: message`. */
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => {
      throw new Error("The call was not refused.");
    },
    (error: Error) => `${error.name}: ${error.message}`,
  );

const ofTopics: readonly Probe[] = [
  acts("CreateTopic", "standard and FIFO", async ({ sns }) => {
    expect((await sns.createTopic({ Name: "probed" })).TopicArn).toBe(TopicArn);
  }),
  acts("ListTopics", "by pages of a hundred", async ({ sns }) => {
    expect((await sns.listTopics({})).Topics).toEqual([{ TopicArn }]);
  }),
  acts("SetTopicAttributes", "what is set holds from now on", async ({ sns }) => {
    await sns.setTopicAttributes({ TopicArn, AttributeName: "DisplayName", AttributeValue: "Probed" });
  }),
  acts("GetTopicAttributes", "what was set, what holds without, and how many subscriptions there are and were", async ({ sns }) => {
    const { Attributes } = await sns.getTopicAttributes({ TopicArn });
    expect(Attributes).toMatchObject({ DisplayName: "Probed", SubscriptionsConfirmed: "0", SubscriptionsDeleted: "0" });
  }),
  acts("TagResource", "also conditions of policies see it", async ({ sns }) => {
    const Tags = ["a", "b"].map((Key) => ({ Key, Value: "1" }));
    await sns.tagResource({ ResourceArn: TopicArn, Tags });
  }),
  acts("UntagResource", "it is gone", async ({ sns }) => {
    await sns.untagResource({ ResourceArn: TopicArn, TagKeys: ["b"] });
  }),
  acts("ListTagsForResource", "what is left", async ({ sns }) => {
    expect((await sns.listTagsForResource({ ResourceArn: TopicArn })).Tags).toEqual([{ Key: "a", Value: "1" }]);
  }),
  acts("AddPermission", "a statement of the topic's policy, which is obeyed", async (w) => {
    await w.sns.addPermission({ TopicArn, Label: "l", AWSAccountId: ["111122223333"], ActionName: ["Publish"] });
    expect(await statements(w)).toContain('"Sid":"l"');
  }),
  acts("RemovePermission", "the statement is gone", async (w) => {
    await w.sns.removePermission({ TopicArn, Label: "l" });
    expect(await statements(w)).not.toContain('"Sid":"l"');
  }),
  kept("PutDataProtectionPolicy", "messages are not searched for personal data", async ({ sns }) => {
    await sns.putDataProtectionPolicy({ ResourceArn: TopicArn, DataProtectionPolicy: '{"Statement":[]}' });
  }),
  kept("GetDataProtectionPolicy", "what was put", async ({ sns }) => {
    expect((await sns.getDataProtectionPolicy({ ResourceArn: TopicArn })).DataProtectionPolicy).toBe('{"Statement":[]}');
  }),
];

const ofSubscriptions: readonly Probe[] = [
  acts(
    "Subscribe",
    "queues, functions, HTTP and HTTPS endpoints, and e-mail, which lies in an outbox; Firehose is refused, and what is for telephones goes to the dead-letter queue",
    async (w) => {
      const Endpoint = await newQueue(w, "of-topics");
      ({ SubscriptionArn = "" } = await w.sns.subscribe({ TopicArn, Protocol: "sqs", Endpoint }));
      const mail = await w.sns.subscribe({ TopicArn, Protocol: "email", Endpoint: "a@example.com" });
      expect([SubscriptionArn.startsWith(`${TopicArn}:`), mail.SubscriptionArn]).toEqual([true, "pending confirmation"]);
      await expect(w.sns.subscribe({ TopicArn, Protocol: "firehose", Endpoint })).rejects.toThrow("does not support this protocol");
    },
  ),
  acts("ConfirmSubscription", "by the token that the endpoint was sent; its link needs no signature", async ({ sns }) => {
    await expect(sns.confirmSubscription({ TopicArn, Token: "0".repeat(224) })).rejects.toThrow("Invalid token");
  }),
  acts("SetSubscriptionAttributes", "what is set holds from now on", async ({ sns }) => {
    await sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue: "true" });
  }),
  acts("GetSubscriptionAttributes", "what was set, and what holds without", async ({ sns }) => {
    const { Attributes } = await sns.getSubscriptionAttributes({ SubscriptionArn });
    expect(Attributes).toMatchObject({ RawMessageDelivery: "true", PendingConfirmation: "false", TopicArn });
  }),
  acts("ListSubscriptions", "the caller's own, by pages of a hundred", async ({ sns }) => {
    expect((await sns.listSubscriptions({})).Subscriptions).toHaveLength(2);
  }),
  acts("ListSubscriptionsByTopic", "all of a topic's, by pages of a hundred", async ({ sns }) => {
    const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn });
    expect(Subscriptions.map((each) => each.SubscriptionArn)).toEqual([SubscriptionArn, "PendingConfirmation"]);
  }),
];

const ofMessages: readonly Probe[] = [
  acts(
    "Publish",
    "on disk before the answer, with what is owed to each subscription; to topics only: a telephone number is refused as one that can't be sent to",
    async (w) => {
      await w.sns.publish({ TopicArn, Message: "one" });
      expect(await nextBody(w, "of-topics")).toBe("one");
      await expect(w.sns.publish({ PhoneNumber: phone, Message: "x" })).rejects.toThrow("is not valid to publish to");
    },
  ),
  acts("PublishBatch", "ten messages in one write; a wrong one is the whole request's failure", async (w) => {
    await w.sns.publishBatch({ TopicArn, PublishBatchRequestEntries: [{ Id: "1", Message: "two" }] });
    expect(await nextBody(w, "of-topics")).toBe("two");
  }),
  acts("Unsubscribe", "also by the link in a message, unless who confirmed forbade it", async ({ sns }) => {
    await sns.unsubscribe({ SubscriptionArn });
    expect((await sns.getTopicAttributes({ TopicArn })).Attributes).toMatchObject({ SubscriptionsDeleted: "1" });
  }),
  acts("DeleteTopic", "with its subscriptions", async ({ sns }) => {
    await sns.deleteTopic({ TopicArn });
    expect((await sns.listSubscriptions({})).Subscriptions).toEqual([]);
  }),
];

const ofTextMessages: readonly Probe[] = [
  empty("CheckIfPhoneNumberIsOptedOut", "none has opted out", async ({ sns }) => {
    expect((await sns.checkIfPhoneNumberIsOptedOut({ phoneNumber: phone })).isOptedOut).toBe(false);
  }),
  empty("OptInPhoneNumber", "none has opted out", async ({ sns }) => {
    await sns.optInPhoneNumber({ phoneNumber: phone });
  }),
  empty("ListPhoneNumbersOptedOut", "an empty list", async ({ sns }) => {
    expect((await sns.listPhoneNumbersOptedOut({})).phoneNumbers).toEqual([]);
  }),
  empty("ListOriginationNumbers", "an empty list", async ({ sns }) => {
    expect((await sns.listOriginationNumbers({})).PhoneNumbers).toEqual([]);
  }),
  empty("ListSMSSandboxPhoneNumbers", "an empty list", async ({ sns }) => {
    expect((await sns.listSMSSandboxPhoneNumbers({})).PhoneNumbers).toEqual([]);
  }),
  empty("GetSMSSandboxAccountStatus", "the account is in the sandbox", async ({ sns }) => {
    expect((await sns.getSMSSandboxAccountStatus({})).IsInSandbox).toBe(true);
  }),
  empty("GetSMSAttributes", "none is set", async ({ sns }) => {
    expect((await sns.getSMSAttributes({})).attributes).toEqual({});
  }),
  refused("SetSMSAttributes", "no text message leaves this machine", ({ sns }) =>
    refusal(sns.setSMSAttributes({ attributes: { DefaultSMSType: "Promotional" } })),
  ),
  refused("CreateSMSSandboxPhoneNumber", "no text message leaves this machine", ({ sns }) =>
    refusal(sns.createSMSSandboxPhoneNumber({ PhoneNumber: phone })),
  ),
  refused("DeleteSMSSandboxPhoneNumber", "no text message leaves this machine", ({ sns }) =>
    refusal(sns.deleteSMSSandboxPhoneNumber({ PhoneNumber: phone })),
  ),
  refused("VerifySMSSandboxPhoneNumber", "no text message leaves this machine", ({ sns }) =>
    refusal(sns.verifySMSSandboxPhoneNumber({ PhoneNumber: phone, OneTimePassword: "12345" })),
  ),
];

const none = "there is none";
const ofMobilePush: readonly Probe[] = [
  refused("CreatePlatformApplication", "nothing is pushed to phones from here", ({ sns }) =>
    refusal(sns.createPlatformApplication({ Name: "a", Platform: "GCM", Attributes: { PlatformCredential: "x" } })),
  ),
  empty("ListPlatformApplications", "an empty list", async ({ sns }) => {
    expect((await sns.listPlatformApplications({})).PlatformApplications).toEqual([]);
  }),
  empty("GetPlatformApplicationAttributes", none, ({ sns }) => refusal(sns.getPlatformApplicationAttributes({ PlatformApplicationArn }))),
  empty("SetPlatformApplicationAttributes", none, ({ sns }) =>
    refusal(sns.setPlatformApplicationAttributes({ PlatformApplicationArn, Attributes: { Enabled: "true" } })),
  ),
  empty("DeletePlatformApplication", "no error, as on AWS", async ({ sns }) => {
    await sns.deletePlatformApplication({ PlatformApplicationArn });
  }),
  empty("CreatePlatformEndpoint", none, ({ sns }) => refusal(sns.createPlatformEndpoint({ PlatformApplicationArn, Token: "x" }))),
  empty("ListEndpointsByPlatformApplication", none, ({ sns }) =>
    refusal(sns.listEndpointsByPlatformApplication({ PlatformApplicationArn })),
  ),
  empty("GetEndpointAttributes", none, ({ sns }) => refusal(sns.getEndpointAttributes({ EndpointArn }))),
  empty("SetEndpointAttributes", none, ({ sns }) => refusal(sns.setEndpointAttributes({ EndpointArn, Attributes: { Enabled: "true" } }))),
  empty("DeleteEndpoint", "no error, as on AWS", async ({ sns }) => {
    await sns.deleteEndpoint({ EndpointArn });
  }),
];

/** What SNS's API offers, in an order in which each finds what it needs. */
export const topicOperations: readonly Probe[] = [...ofTopics, ...ofSubscriptions, ...ofMessages, ...ofTextMessages, ...ofMobilePush];
