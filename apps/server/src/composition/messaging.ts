import { createSns, type Sns, type SnsGiven } from "@mayfly/sns";
import { createSqs, type Sqs } from "@mayfly/sqs";
import { readPolicy } from "@mayfly/iam";

/** Queues and topics. */
export interface Messaging {
  readonly sqs: Sqs;
  readonly sns: Sns;
}

/** The services that carry messages; their resources have policies in IAM's grammar. */
export function createMessaging(given: Omit<SnsGiven, "readPolicy">): Messaging {
  const withPolicies = { ...given, readPolicy: (text: string) => readPolicy(text, "resource") };
  return { sqs: createSqs(withPolicies), sns: createSns(withPolicies) };
}
