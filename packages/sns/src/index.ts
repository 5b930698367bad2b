export { createSns, type Sns } from "./sns.ts";
export type { SnsGiven } from "./resources.ts";
