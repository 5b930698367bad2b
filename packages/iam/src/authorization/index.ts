export { createAuthorizer, type AuthorizerOptions, type PolicyDirectory, type PolicyHolder } from "./authorizer.ts";
export { PolicyCompiler } from "./compiled-policy.ts";
export { isConditionOperator } from "./conditions.ts";
export { evaluate, type Decision, type PolicyCase, type PolicyKind } from "./evaluate.ts";
export { principalChain, type PrincipalChain } from "./principal-chain.ts";
