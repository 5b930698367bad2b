import type { ServiceName } from "@mayfly/kernel";
import { parseForm } from "./read/form.ts";
import { bucketOfHost, isBucketHost } from "./match/bucket-host.ts";
import { isServiceName, serviceRows } from "./services/service-rows.ts";
import type { WireRequest } from "./types.ts";

/** Which service a request is for, and what told so. */
export interface PickedService {
  readonly service: ServiceName;
  readonly by: "credential-scope" | "target" | "query-action" | "path" | "host";
}

const services = Object.keys(serviceRows).filter(isServiceName);

/**
 * Finds the service that a request is for: by the credential scope of its signature, its X-Amz-Target, its Query version,
 * its path, or its Host. Undefined if nothing tells. Never throws.
 */
export function pickService(request: WireRequest): PickedService | undefined {
  const scope = scopeService(request);
  if (scope !== undefined && isServiceName(scope)) return { service: scope, by: "credential-scope" };
  // A signature for a service that is not here is not handed to another one.
  if (scope !== undefined) return undefined;
  const named = byTarget(request) ?? byQueryVersion(request) ?? byBucketHost(request);
  return named ?? byLink(request) ?? byPath(request) ?? byHost(request) ?? byBucket(request);
}

function scopeService(request: WireRequest): string | undefined {
  const header = request.headers["authorization"];
  const inHeader = header === undefined ? undefined : /\bCredential=([^,\s]+)/.exec(header)?.[1];
  if (inHeader !== undefined) return inHeader.split("/").at(-2);
  if (!/x-amz-credential=/i.test(request.query)) return undefined;
  const inQuery = lenientForm(request.query).find(([name]) => name.toLowerCase() === "x-amz-credential")?.[1];
  return inQuery?.split("/").at(-2);
}

function byTarget(request: WireRequest): PickedService | undefined {
  const prefix = request.headers["x-amz-target"]?.split(".", 1)[0];
  const service = services.find((name) => prefix !== undefined && serviceRows[name].targetPrefix === prefix);
  return service && { service, by: "target" };
}

function byQueryVersion(request: WireRequest): PickedService | undefined {
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const parameters = [...lenientForm(request.query), ...(isForm ? lenientForm(request.body.toString("latin1")) : [])];
  const version = parameters.find(([name]) => name === "Version")?.[1];
  const service = services.find((name) => version !== undefined && serviceRows[name].queryVersion === version);
  return service && { service, by: "query-action" };
}

function byLink(request: WireRequest): PickedService | undefined {
  const action = request.path === "/" ? lenientForm(request.query).find(([name]) => name === "Action")?.[1] : undefined;
  const service = services.find((name) => action !== undefined && serviceRows[name].linkedActions?.includes(action));
  return service && { service, by: "query-action" };
}

function byPath(request: WireRequest): PickedService | undefined {
  const service = services.find((name) => serviceRows[name].path?.test(request.path));
  return service && { service, by: "path" };
}

function byHost(request: WireRequest): PickedService | undefined {
  const label = request.headers["host"]?.split(".", 1)[0]?.toLowerCase();
  return label !== undefined && isServiceName(label) ? { service: label, by: "host" } : undefined;
}

const byBucketHost = ({ headers }: WireRequest): PickedService | undefined =>
  isBucketHost(headers["host"]) ? { service: "s3", by: "host" } : undefined;

/** What nobody signed and is none of the others' is an object's or a bucket's, if it can be one's name. */
function byBucket({ path, headers }: WireRequest): PickedService | undefined {
  if (headers["x-amz-target"] !== undefined || headers["authorization"] !== undefined) return undefined;
  const isBucket = /^\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/|$)/.test(path);
  return isBucket || bucketOfHost(headers["host"]) !== undefined ? { service: "s3", by: "path" } : undefined;
}

function lenientForm(text: string): (readonly [string, string])[] {
  return text === "" ? [] : (parseForm(text) ?? []);
}
