export * from "./authorization/index.ts";
export * from "./sessions/index.ts";
export * from "./signature/index.ts";
