import { anonymousPrincipal, rootPrincipal, type CredentialFacts, type Identity, type ResolvedCredentials } from "@mayfly/kernel";
import { readSignature, verifySignature, type ReadSignature } from "@mayfly/iam";
import { authenticationFault, type AuthenticationFailure, type ServiceWire, type WireRequest } from "@mayfly/wire";
import type { World } from "../composition/world.ts";

/** Who makes a request, where, and the body that the signature vouches for. */
export interface Caller extends Identity, CredentialFacts {
  /** The very buffer of the request, unless it came in signed chunks: then what they hold. */
  readonly body: Buffer;
}
