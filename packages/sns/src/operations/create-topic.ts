import type { InputOf, RequestContext } from "@mayfly/kernel";
import { invalidParameter, invalidValue } from "../faults.ts";
import { onTopic } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import type { SnsOperation } from "../resources.ts";
import { readTags, requestTagKeys, withTags, type Tags } from "../tags.ts";
import { manyAttributes, withAttributes } from "../topics/attribute-rules.ts";
import { readDataProtectionPolicy } from "../topics/data-protection.ts";
import { lockKey, topicArn, type Attributes, type Topic, type TopicKey } from "../topics/topic.ts";

type Input = InputOf<"sns", "CreateTopic">;

const keyOf = ({ accountId, region }: RequestContext, { Name }: { Name: string | undefined }): TopicKey => ({
  accountId,
  region,
  topicName: Name ?? "",
});

/** Who tags the topic must be let do that, too. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export const createTopic: SnsOperation<"CreateTopic"> = {
  iam: onTopic<Input>("SNS:CreateTopic", keyOf, ({ Tags }) => requestTagKeys(Tags)),
  async run({ topics, lock, clock, readPolicy }, ctx, input) {
    const key = keyOf(ctx, input);
    if (input.Tags?.length)
      await ctx.authorize({ action: "SNS:TagResource", resource: topicArn(key), conditionKeys: requestTagKeys(input.Tags) });
    const { FifoTopic, ...set } = input.Attributes ?? {};
    const isFifo = checkName(key.topicName, FifoTopic);
    const initial: Attributes = isFifo ? { FifoTopic: "true", ContentBasedDeduplication: "false" } : {};
    const attributes = withAttributes(readPolicy, isFifo, initial, set, manyAttributes);
    const tags = readTags(input.Tags);
    const dataProtectionPolicy = input.DataProtectionPolicy && readDataProtectionPolicy(input.DataProtectionPolicy);
    return lock.run(lockKey(key), async () => {
      const existing = await topics.find(key);
      if (existing !== undefined) return { TopicArn: sameTopic(existing, { attributes: set, made: attributes, tags }).topicArn };
      const made = { ...key, attributes, tags: withTags({}, tags), dataProtectionPolicy, createdAtMs: clock.now() };
      return { TopicArn: (await topics.create(made)).topicArn };
    });
  },
};

const fifoName = "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, ";
const fifoNameEnd = "underscores, and hyphens, and must be between 1 and 256 characters long.";

/** Whether it is a FIFO topic's. @throws Fault InvalidParameter */
function checkName(name: string, fifoTopic: string | undefined): boolean {
  if (fifoTopic !== undefined && fifoTopic !== "true" && fifoTopic !== "false")
    throw invalidValue("Attributes", `FifoTopic: Invalid value [${fifoTopic}]. Must be true or false.`);
  const isFifo = fifoTopic === "true";
  const base = isFifo ? name.replace(/\.fifo$/, "") : name;
  const isValid = /^[\w-]+$/.test(base) && name.length <= limits.topicNameCharacters;
  if (isFifo && (!isValid || base === name)) throw invalidParameter(fifoName + fifoNameEnd);
  if (!isValid) throw invalidParameter("Topic Name");
  return isFifo;
}

interface Wanted {
  /** As asked, and as they would be kept. */
  readonly attributes: Attributes;
  readonly made: Attributes;
  readonly tags: Tags;
}

/** A topic that is there already is answered if what is asked for is what it has. @throws Fault InvalidParameter */
function sameTopic(topic: Topic, { attributes, made, tags }: Wanted): Topic {
  if (Object.keys(attributes).some((name) => topic.attributes[name] !== made[name]))
    throw invalidValue("Attributes", "Topic already exists with different attributes");
  if (Object.entries(tags).some(([key, value]) => topic.tags[key] !== value))
    throw invalidValue("Tags", "Topic already exists with different tags");
  return topic;
}
