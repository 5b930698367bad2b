import { repeatByClients, type ClientFigures, type ClientLoad } from "./repeat-by-clients.ts";
import { openServiceClient, type ServiceTarget } from "./service-client.ts";
import { createRequestSigner, type RequestSigner } from "./sign-request.ts";

/** S3 over a kept connection. Path style. */
interface ObjectClient {
  put(path: string, body: Buffer): Promise<void>;
  get(path: string): Promise<Buffer>;
  close(): void;
}

const unsigned = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };

async function openClient(target: ServiceTarget): Promise<ObjectClient> {
  const client = await openServiceClient(target);
  const scope = { ...target.signAs, service: "s3" };
  const signPut = createRequestSigner(scope, unsigned, "PUT");
  const signGet = createRequestSigner(scope, unsigned, "GET");
  const empty = Buffer.alloc(0);
  const headOf = (method: string, sign: RequestSigner, path: string, body: Buffer): string =>
    `${method} ${path} HTTP/1.1\r\nhost: ${client.host}\r\n${sign(client.host, path, body)}content-length: ${body.length}\r\n\r\n`;
  return {
    put: async (path, body) => void (await client.exchange(`PUT ${path}`, headOf("PUT", signPut, path, body), body)),
    get: (path) => client.exchange(`GET ${path}`, headOf("GET", signGet, path, empty), empty),
    close: () => client.close(),
  };
}

/** Makes a bucket. */
export async function makeBenchBucket(target: ServiceTarget, bucket: string): Promise<void> {
  const client = await openClient(target);
  await client.put(`/${bucket}`, Buffer.alloc(0));
  client.close();
}

/** Writes objects of a size, each of another key. Answers the keys' paths, too. */
export async function putObjects(
  target: ServiceTarget,
  bucket: string,
  bytes: number,
  load: ClientLoad,
): Promise<ClientFigures & { readonly paths: readonly string[] }> {
  const body = Buffer.alloc(bytes, "x");
  const paths: string[] = [];
  const figures = await repeatByClients(
    () => openClient(target),
    load,
    async (client) => {
      const path = `/${bucket}/${bytes}/${load.clients}/${paths.length}`;
      paths.push(path);
      await client.put(path, body);
      return true;
    },
  );
  return { ...figures, paths };
}

/** Reads such objects, one after the other, again and again. @throws Error if one has not the size that it must have */
export function getObjects(target: ServiceTarget, paths: readonly string[], bytes: number, load: ClientLoad): Promise<ClientFigures> {
  let read = 0;
  return repeatByClients(
    () => openClient(target),
    load,
    async (client) => {
      const path = paths[read++ % paths.length] ?? "";
      const body = await client.get(path);
      if (body.length !== bytes) throw new Error(`${path} has ${body.length} bytes.`);
      return true;
    },
  );
}
