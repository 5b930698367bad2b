import { anonymousPrincipal, Fault, rootPrincipal, type CredentialFacts, type Identity, type Principal } from "@mayfly/kernel";
import { isQueryV2Signed, readQueryV2, type BodyCheck, type ParsedSignature, type QueryV2, type SignatureFailure } from "@mayfly/iam";
import { authenticationFault, bucketOfHost, type AuthenticationFailure, type ServiceWire, type WireRequest } from "@mayfly/wire";
import type { World } from "../composition/world.ts";
import { isCrossSite } from "./cross-site.ts";

/** Who makes a request, where, and the body that the signature vouches for. */
export interface Caller extends Identity, CredentialFacts {
  /** The very buffer of the request, unless it came in chunks: then what they hold. */
  readonly body: Buffer;
}

/** A region as a credential scope may name it. */
const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** Services that let anybody ask: the policies of what is asked for decide. */
const anonymousServices: ReadonlySet<string> = new Set(["s3"]);

/** Operations that AWS serves without a signature: what SNS's messages have links to. */
const unsignedOperations: Readonly<Record<string, ReadonlySet<string>>> = { sns: new Set(["ConfirmSubscription", "Unsubscribe"]) };

/**
 * Finds out who sent the request.
 * @throws Fault with the code and the text that the service gives to missing, malformed, unknown or wrong credentials
 */
export async function authenticate(world: World, wire: ServiceWire, request: WireRequest, operation: string | undefined): Promise<Caller> {
  return authenticateBy(world, wire, { request, operation }, (signature, secretAccessKey) => {
    const verified = world.signatures.verify(signature, request, secretAccessKey, world.clock.now());
    return verified.ok ? verified.body : verified.failure;
  });
}

/** A caller whose body is still to come. */
export type StreamingCaller = Omit<Caller, "body"> & { readonly body: BodyCheck };

/** The same by the request's head alone. @throws Fault */
export async function authenticateHead(world: World, wire: ServiceWire, request: WireRequest): Promise<StreamingCaller> {
  const caller = await authenticateBy<BodyCheck>(world, wire, { request, operation: undefined }, (signature, secretAccessKey) => {
    const verified = world.signatures.verifyHead(signature, request, secretAccessKey, world.clock.now());
    return verified.ok ? verified.bodyCheck : verified.failure;
  });
  if ("kind" in caller.body) return caller as StreamingCaller;
  // Nobody checks a signature: an aws-chunked body has to be taken apart all the same.
  const isChunked = request.headers["x-amz-content-sha256"]?.startsWith("STREAMING-") ?? false;
  return { ...caller, body: isChunked ? unsignedChunks : { kind: "none" } };
}

type Verify<Body> = (signature: ParsedSignature, secretAccessKey: string) => Body | SignatureFailure;

const isFailure = (verified: object): verified is SignatureFailure => "message" in verified;

async function authenticateBy<Body extends Buffer | BodyCheck>(
  world: World,
  wire: ServiceWire,
  { request, operation }: { readonly request: WireRequest; readonly operation: string | undefined },
  verify: Verify<Body>,
): Promise<Omit<Caller, "body"> & { readonly body: Body | Buffer }> {
  const isInHeader = request.headers["authorization"] !== undefined;
  const isPresigned = /(^|&)(X-Amz-Algorithm|Signature)=/.test(request.query);
  const refuse = (failure: AuthenticationFailure): never => {
    throw authenticationFault(wire.service, failure, isPresigned);
  };
  const read = world.signatures.read(request);
  if (world.auth === "open") {
    const signature = read.outcome === "signed" ? read.signature : undefined;
    if (isCrossSite(request.headers) && !(await isSignedTruly(world, request, signature))) throw crossSiteRefusal();
    return openCaller(world, request, signature);
  }
  if (wire.service === "s3" && isInHeader && isPresigned) throw twoMechanisms();
  if (read.outcome === "failure") return refuse(read.failure);
  if (read.outcome === "unsigned") {
    const old = wire.service === "s3" ? readQueryV2(request) : undefined;
    if (old !== undefined) return authenticateOld(world, wire, request, old);
    if (anonymousServices.has(wire.service) || unsignedOperations[wire.service]?.has(operation ?? ""))
      return callerOf(anonymousPrincipal(world.defaultAccountId), world.defaultRegion, request.body);
    return refuse({ kind: "unsigned" });
  }
  const { signature } = read;
  if (signature.service !== wire.service) return refuse({ kind: "wrong-service" });
  if (!regionName.test(signature.region)) return refuse({ kind: "wrong-region" });
  const credentials = await world.credentials.resolve(signature.accessKeyId, signature.sessionToken);
  if (typeof credentials === "string") return refuse({ kind: credentials });
  const verified = verify(signature, credentials.secretAccessKey);
  if (isFailure(verified)) return refuse(verified);
  const { principal, accessKeyId, tokenIssuedAtMs } = credentials;
  return {
    ...callerOf(principal, signature.region, verified),
    ...(accessKeyId && { accessKeyId }),
    ...(tokenIssuedAtMs && { tokenIssuedAtMs }),
  };
}

/** A browser or a client that adds its own Authorization to a presigned URL is told so. */
const twoMechanisms = (): Fault =>
  new Fault(
    "InvalidArgument",
    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
    { status: 400, members: { ArgumentName: "Authorization" } },
  );

/** A URL presigned in S3's old way. @throws Fault */
async function authenticateOld(world: World, wire: ServiceWire, request: WireRequest, old: QueryV2) {
  const credentials = await world.credentials.resolve(old.accessKeyId, old.sessionToken);
  if (typeof credentials === "string") throw authenticationFault(wire.service, { kind: credentials });
  if (!isQueryV2Signed(old, request, credentials.secretAccessKey, bucketOfHost(request.headers["host"])))
    throw authenticationFault(wire.service, { kind: "signature-mismatch", message: "" });
  if (!(Number(old.expires) * 1000 > world.clock.now())) throw new Fault("AccessDenied", "Request has expired", { status: 403 });
  const { principal, accessKeyId, tokenIssuedAtMs } = credentials;
  return {
    ...callerOf(principal, world.defaultRegion, request.body),
    ...(accessKeyId && { accessKeyId }),
    ...(tokenIssuedAtMs && { tokenIssuedAtMs }),
  };
}

/** With `--auth open` any key will do, and none at all is the default account's root. */
export async function openCaller(
  world: World,
  request: WireRequest,
  signature: Pick<ParsedSignature, "accessKeyId" | "sessionToken" | "region"> | undefined,
) {
  if (signature === undefined) return callerOf(rootPrincipal(world.defaultAccountId), world.defaultRegion, request.body);
  const credentials = await world.credentials.resolve(signature.accessKeyId, signature.sessionToken);
  const principal = typeof credentials === "string" ? rootPrincipal(world.defaultAccountId) : credentials.principal;
  const region = regionName.test(signature.region) ? signature.region : world.defaultRegion;
  return { ...callerOf(principal, region, request.body), accessKeyId: signature.accessKeyId };
}

const unsignedChunks: BodyCheck = { kind: "chunked", signed: false, trailer: true, chain: undefined };

async function isSignedTruly(world: World, request: WireRequest, signature: ParsedSignature | undefined): Promise<boolean> {
  if (signature === undefined) return false;
  const credentials = await world.credentials.resolve(signature.accessKeyId, signature.sessionToken);
  if (typeof credentials === "string") return false;
  const verify = request.stream === undefined ? world.signatures.verify : world.signatures.verifyHead;
  return verify(signature, request, credentials.secretAccessKey, world.clock.now()).ok;
}

export const crossSiteRefusal = (): Fault =>
  new Fault("AccessDeniedException", "A web page of another site may not call this server, which checks no signatures (--auth open).", {
    status: 403,
  });

export function callerOf<Body>(principal: Principal, region: string, body: Body) {
  return { principal, accountId: principal.accountId, region, body };
}
