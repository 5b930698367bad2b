export type { Outbox } from "./deliveries/outbox.ts";
export { createSns, type Sns } from "./sns.ts";
export type { SnsGiven } from "./resources.ts";
