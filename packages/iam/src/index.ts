export * from "./authorization/index.ts";
export type { NewRootKey } from "./bootstrap.ts";
export type { DirectoryRole, IdentityDirectory } from "./directory.ts";
export { createIam, type Iam } from "./iam.ts";
export { openKeyring, type Keyring } from "./keyring.ts";
export { policyCharacters, readPolicy, type PolicyUse } from "./policy-grammar.ts";
export * from "./sessions/index.ts";
export * from "./signature/index.ts";
