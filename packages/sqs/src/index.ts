export { createSqs, type Sqs } from "./sqs.ts";
export type { SqsGiven } from "./resources.ts";
