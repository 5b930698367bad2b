import type { Operation } from "../model/model.ts";
import { parseForm } from "../read/form.ts";
import { bucketOfHost } from "./bucket-host.ts";
import type { Router } from "./router.ts";

/** What a request is about, by its address. */
type Place = "service" | "bucket" | "object";

/** An operation and what a request must have to be for it, beyond method and place. */
interface Candidate {
  readonly operation: Operation;
  readonly query: readonly (readonly [name: string, value: string | undefined])[];
  readonly headers: readonly string[];
}

/**
 * The router of S3. Many operations have one method and address; which one it is say the query and the headers that each demands. Of those that fit it is
 * the one that demands most.
 */
export function createBucketRouter(operations: Iterable<Operation>): Router {
  const candidates = new Map<string, Candidate[]>();
  for (const operation of operations) {
    const where = `${operation.method} ${placeOf(operation.uri)}`;
    candidates.set(where, [...(candidates.get(where) ?? []), candidateOf(operation)]);
  }
  for (const list of candidates.values()) list.sort((a, b) => weightOf(b) - weightOf(a));
  return ({ method, path, query, headers }) => {
    const { place, labels } = addressOf(path, bucketOfHost(headers["host"]));
    const parameters = new Map(parseForm(query) ?? []);
    const found = candidates
      .get(`${method} ${place}`)
      ?.find(
        (candidate) =>
          candidate.query.every(([name, value]) => parameters.has(name) && (value === undefined || parameters.get(name) === value)) &&
          candidate.headers.every((name) => headers[name] !== undefined),
      );
    return found && { operation: found.operation, labels };
  };
}

function placeOf(uri: string): Place {
  const [path = ""] = uri.split("?");
  return path.includes("{Key+}") ? "object" : path.includes("{Bucket}") ? "bucket" : "service";
}

function candidateOf(operation: Operation): Candidate {
  const inUri = (operation.uri.split("?")[1] ?? "").split("&").filter(Boolean);
  const required = operation.input?.members.filter((member) => member.required) ?? [];
  return {
    operation,
    query: [
      ...inUri.map((pair) => pair.split("=") as [string, string | undefined]),
      ...required.filter(({ location }) => location === "querystring").map(({ wireName }) => [wireName, undefined] as const),
    ],
    // Where the query tells already, the lack of a header is the operation's to complain about.
    headers: inUri.length > 0 ? [] : required.filter(({ location }) => location === "header").map(({ headerName }) => headerName),
  };
}

const weightOf = ({ query, headers }: Candidate): number => query.length + headers.length;

interface Address {
  readonly place: Place;
  readonly labels: Readonly<Record<string, string>>;
}

/** A key is all after the bucket's slash, with whatever slashes it has. */
function addressOf(path: string, bucketInHost: string | undefined): Address {
  const slash = bucketInHost === undefined ? path.indexOf("/", 1) : 0;
  const Bucket = bucketInHost ?? path.slice(1, slash === -1 ? undefined : slash);
  const Key = slash === -1 ? "" : path.slice(slash + 1);
  if (Bucket === "") return { place: "service", labels: {} };
  return Key === "" ? { place: "bucket", labels: { Bucket } } : { place: "object", labels: { Bucket, Key } };
}
