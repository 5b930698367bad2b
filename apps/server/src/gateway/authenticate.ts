import { anonymousPrincipal, Fault, rootPrincipal, type CredentialFacts, type Identity, type Principal } from "@mayfly/kernel";
import type { ParsedSignature } from "@mayfly/iam";
import { authenticationFault, type AuthenticationFailure, type ServiceWire, type WireRequest } from "@mayfly/wire";
import type { World } from "../composition/world.ts";
import { isCrossSite } from "./cross-site.ts";

/** Who makes a request, where, and the body that the signature vouches for. */
export interface Caller extends Identity, CredentialFacts {
  /** The very buffer of the request, unless it came in chunks: then what they hold. */
  readonly body: Buffer;
}

/** A region as a credential scope may name it. */
const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** Operations that AWS serves without a signature: what SNS's messages have links to. */
const unsignedOperations: Readonly<Record<string, ReadonlySet<string>>> = { sns: new Set(["ConfirmSubscription", "Unsubscribe"]) };

/**
 * Finds out who sent the request.
 * @throws Fault with the code and the text that the service gives to missing, malformed, unknown or wrong credentials
 */
export async function authenticate(world: World, wire: ServiceWire, request: WireRequest, operation: string | undefined): Promise<Caller> {
  const refuse = (failure: AuthenticationFailure): never => {
    throw authenticationFault(wire.service, failure);
  };
  const read = world.signatures.read(request);
  if (world.auth === "open") {
    const signature = read.outcome === "signed" ? read.signature : undefined;
    if (isCrossSite(request.headers) && !(await isSignedTruly(world, request, signature))) throw crossSiteRefusal();
    return openCaller(world, request, signature);
  }
  if (read.outcome === "failure") return refuse(read.failure);
  if (read.outcome === "unsigned") {
    if (unsignedOperations[wire.service]?.has(operation ?? ""))
      return callerOf(anonymousPrincipal(world.defaultAccountId), world.defaultRegion, request.body);
    return refuse({ kind: "unsigned" });
  }
  const { signature } = read;
  if (signature.service !== wire.service) return refuse({ kind: "wrong-service" });
  if (!regionName.test(signature.region)) return refuse({ kind: "wrong-region" });
  const credentials = await world.credentials.resolve(signature.accessKeyId, signature.sessionToken);
  if (typeof credentials === "string") return refuse({ kind: credentials });
  const verified = world.signatures.verify(signature, request, credentials.secretAccessKey, world.clock.now());
  if (!verified.ok) return refuse(verified.failure);
  const { principal, accessKeyId, tokenIssuedAtMs } = credentials;
  return {
    ...callerOf(principal, signature.region, verified.body),
    ...(accessKeyId && { accessKeyId }),
    ...(tokenIssuedAtMs && { tokenIssuedAtMs }),
  };
}

/** With `--auth open` any key will do, and none at all is the default account's root. */
async function openCaller(world: World, request: WireRequest, signature: ParsedSignature | undefined): Promise<Caller> {
  if (signature === undefined) return callerOf(rootPrincipal(world.defaultAccountId), world.defaultRegion, request.body);
  const credentials = await world.credentials.resolve(signature.accessKeyId, signature.sessionToken);
  const principal = typeof credentials === "string" ? rootPrincipal(world.defaultAccountId) : credentials.principal;
  const region = regionName.test(signature.region) ? signature.region : world.defaultRegion;
  return { ...callerOf(principal, region, request.body), accessKeyId: signature.accessKeyId };
}

async function isSignedTruly(world: World, request: WireRequest, signature: ParsedSignature | undefined): Promise<boolean> {
  if (signature === undefined) return false;
  const credentials = await world.credentials.resolve(signature.accessKeyId, signature.sessionToken);
  return typeof credentials !== "string" && world.signatures.verify(signature, request, credentials.secretAccessKey, world.clock.now()).ok;
}

const crossSiteRefusal = (): Fault =>
  new Fault("AccessDeniedException", "A web page of another site may not call this server, which checks no signatures (--auth open).", {
    status: 403,
  });

function callerOf(principal: Principal, region: string, body: Buffer): Caller {
  return { principal, accountId: principal.accountId, region, body };
}
