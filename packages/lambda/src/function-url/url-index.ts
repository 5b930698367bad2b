import type { Database } from "@mayfly/db";
import type { FunctionReference } from "../function-name.ts";
import { latest } from "../function-name.ts";
import type { FunctionStore } from "../store/function-store.ts";
import type { FunctionRecord, FunctionUrlRecord } from "../store/records.ts";
import type { UrlAddress } from "./url-address.ts";

/** A URL and what it leads to. */
export interface FoundUrl {
  readonly reference: FunctionReference;
  readonly record: FunctionRecord;
  readonly url: FunctionUrlRecord;
}

/** Which function a URL leads to: kept in memory, since anybody may ask for any address. */
export interface UrlIndex {
  /** Reads the URLs that there are. */
  load(): Promise<void>;
  /** Notes a function's change; `undefined` stands for "not there". */
  changed(previous: FunctionRecord | undefined, next: FunctionRecord | undefined): void;
  find(address: UrlAddress): Promise<FoundUrl | undefined> | FoundUrl | undefined;
}

/** @param functions asked when a request comes; the index itself is made before them */
export function createUrlIndex(db: Database, functions: () => Pick<FunctionStore, "peek" | "find">): UrlIndex {
  const references = new Map<string, FunctionReference>();
  const note = (urlId: string, { accountId, region, functionName }: FunctionRecord, key: string): void => {
    references.set(urlId, { accountId, region, functionName, qualifier: key === latest ? undefined : key });
  };
  const found = (reference: FunctionReference, record: FunctionRecord | undefined, urlId: string): FoundUrl | undefined => {
    const url = record?.urls.get(reference.qualifier ?? latest);
    return record !== undefined && url?.urlId === urlId ? { reference, record, url } : undefined;
  };
  return {
    async load() {
      const rows = await db.models.functionUrl.findMany();
      for (const { urlId, accountId, region, functionName, qualifier } of rows)
        references.set(urlId, { accountId, region, functionName, qualifier: qualifier === latest ? undefined : qualifier });
    },
    changed(previous, next) {
      if (previous?.urls === next?.urls) return;
      for (const { urlId } of previous?.urls.values() ?? []) references.delete(urlId);
      if (next !== undefined) for (const [key, { urlId }] of next.urls) note(urlId, next, key);
    },
    find({ urlId, region }) {
      const reference = references.get(urlId);
      if (reference === undefined || reference.region !== region) return undefined;
      const known = functions().peek(reference);
      if (known !== undefined) return found(reference, known, urlId);
      return functions()
        .find(reference)
        .then((record) => found(reference, record, urlId));
    },
  };
}
