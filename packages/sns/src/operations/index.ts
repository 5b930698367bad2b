import type { OperationTable } from "@mayfly/kernel";
import type { SnsResources } from "../resources.ts";
import { createTopic } from "./create-topic.ts";
import { deleteTopic } from "./delete-topic.ts";
import { getTopicAttributes } from "./get-topic-attributes.ts";
import { listTopics } from "./list-topics.ts";
import { setTopicAttributes } from "./set-topic-attributes.ts";
import { subscribe } from "./subscribe.ts";

/** SNS's operations. */
export const operations: OperationTable<"sns", SnsResources> = {
  CreateTopic: createTopic,
  DeleteTopic: deleteTopic,
  GetTopicAttributes: getTopicAttributes,
  ListTopics: listTopics,
  SetTopicAttributes: setTopicAttributes,
  Subscribe: subscribe,
};
