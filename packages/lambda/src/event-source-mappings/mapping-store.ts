import type { Database, Models } from "@mayfly/db";
import { createKeyLock } from "@mayfly/kernel";
import type { FunctionKey } from "../function-name.ts";
import type { Tags } from "../tags/tagged-resource.ts";
import type { MappingKey, MappingRecord, MappingSettings } from "./mapping.ts";
import { settledStates, type MappingState } from "./mapping-states.ts";
import type { SourceKindName } from "./source-kinds.ts";

/** An account in a region. */
type Scope = Pick<MappingKey, "accountId" | "region">;

/** Which mappings a list is to hold; what is undefined does not matter. */
interface MappingFilter extends Scope {
  readonly eventSourceArn: string | undefined;
  /** The function as it was named when it was mapped. */
  readonly reference: { readonly functionName: string; readonly qualifier: string | undefined } | undefined;
}

/** Event source mappings, on disk. Writes of an account in a region run one after the other. */
export interface MappingStore {
  find(key: MappingKey): Promise<MappingRecord | undefined>;
  /** Those of a function, whatever its qualifier. */
  ofFunction(key: FunctionKey): Promise<readonly MappingRecord[]>;
  /** By UUID, those after the given one. */
  page(filter: MappingFilter, after: string | undefined, limit: number): Promise<readonly MappingRecord[]>;
  /** Those that a crash left in transition. */
  unsettled(): Promise<readonly MappingKey[]>;
  /** Those whose sources are to be read, of all accounts and regions. */
  enabled(): Promise<readonly MappingRecord[]>;
  create(scope: Scope, make: () => Promise<MappingRecord>): Promise<MappingRecord>;
  /** Changes a mapping; `null` removes it. */
  change<T extends MappingRecord | null | undefined>(
    key: MappingKey,
    decide: (current: MappingRecord | undefined) => Promise<T> | T,
  ): Promise<T>;
}

type Row = NonNullable<Awaited<ReturnType<Models["eventSourceMapping"]["findUnique"]>>>;

export function createMappingStore(db: Database): MappingStore {
  const lock = createKeyLock();
  const { eventSourceMapping } = db.models;
  const locked = <T>({ accountId, region }: Scope, work: () => Promise<T>): Promise<T> => lock.run(`${accountId}/${region}`, work);
  const find = async (key: MappingKey): Promise<MappingRecord | undefined> => {
    const row = await eventSourceMapping.findUnique({ where: uniqueOf(key) });
    return row === null ? undefined : toRecord(row);
  };
  return {
    find,
    ofFunction: async ({ accountId, region, functionName }) =>
      (await eventSourceMapping.findMany({ where: { accountId, region, functionName } })).map(toRecord),
    page: async ({ accountId, region, eventSourceArn, reference }, after, limit) =>
      (
        await eventSourceMapping.findMany({
          where: {
            accountId,
            region,
            ...(eventSourceArn !== undefined && { eventSourceArn }),
            ...(reference && { functionName: reference.functionName, qualifier: reference.qualifier ?? null }),
            ...(after !== undefined && { uuid: { gt: after } }),
          },
          orderBy: { uuid: "asc" },
          take: limit,
        })
      ).map(toRecord),
    unsettled: () =>
      eventSourceMapping.findMany({
        where: { state: { notIn: [...settledStates] } },
        select: { accountId: true, region: true, uuid: true },
      }),
    enabled: async () => (await eventSourceMapping.findMany({ where: { state: "Enabled" } })).map(toRecord),
    create: (scope, make) =>
      locked(scope, async () => {
        const record = await make();
        await eventSourceMapping.create({ data: toRow(record) });
        return record;
      }),
    change: (key, decide) =>
      locked(key, async () => {
        const current = await find(key);
        const next = await decide(current);
        if (current === undefined || next === current || next === undefined) return next;
        if (next === null) await eventSourceMapping.delete({ where: uniqueOf(key) });
        else await eventSourceMapping.update({ where: uniqueOf(key), data: toRow(next) });
        return next;
      }),
  };
}

const uniqueOf = ({ accountId, region, uuid }: MappingKey) => ({ accountId_region_uuid: { accountId, region, uuid } });

const toRow = (record: MappingRecord): Row => ({
  ...record,
  qualifier: record.qualifier ?? null,
  eventSourceArn: record.eventSourceArn ?? null,
  lastProcessingResult: record.lastProcessingResult ?? null,
  startingPositionTimestampMs: record.startingPositionTimestampMs ?? null,
  settings: JSON.stringify(record.settings),
  tags: JSON.stringify(record.tags),
});

const toRecord = (row: Row): MappingRecord => ({
  ...row,
  qualifier: row.qualifier ?? undefined,
  kind: row.kind as SourceKindName,
  eventSourceArn: row.eventSourceArn ?? undefined,
  state: row.state as MappingState,
  lastProcessingResult: row.lastProcessingResult ?? undefined,
  startingPositionTimestampMs: row.startingPositionTimestampMs ?? undefined,
  settings: JSON.parse(row.settings) as MappingSettings,
  tags: JSON.parse(row.tags) as Tags,
});
