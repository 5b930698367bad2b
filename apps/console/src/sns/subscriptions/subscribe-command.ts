import { cliCommand } from "../../shared/equivalent-cli.tsx";
import type { creationOf } from "./subscription-draft.ts";

/** What the aws CLI would be told to make a subscription. */
export const subscribeCommand = ({ TopicArn, Protocol, Endpoint, Attributes }: ReturnType<typeof creationOf>): string =>
  cliCommand("sns", "subscribe", {
    "topic-arn": TopicArn || "ARN",
    protocol: Protocol,
    "notification-endpoint": Endpoint || "ENDPOINT",
    attributes: Object.keys(Attributes).length > 0 ? Attributes : undefined,
    "return-subscription-arn": true,
  });
