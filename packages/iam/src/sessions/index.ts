export {
  createCredentialsResolver,
  type AccessKeyDirectory,
  type CredentialsResolverOptions,
  type LongLivedKey,
} from "./credentials-resolver.ts";
export { issueSession, openSession, sealSession, type IssuedSession, type Sealer, type Session } from "./session.ts";
