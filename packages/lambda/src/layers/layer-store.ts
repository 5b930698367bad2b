import type { Database, Models } from "@mayfly/db";
import { createKeyLock, type PolicyDocument } from "@mayfly/kernel";
import type { CodeRecord } from "../store/records.ts";
import { layerArn, type LayerKey, type LayerVersionKey } from "./layer-name.ts";

/** A layer version's own policy. */
interface LayerPolicy {
  readonly document: PolicyDocument;
  readonly revisionId: string;
}

/** One version of a layer. */
export interface LayerVersionRecord extends LayerVersionKey {
  readonly code: CodeRecord;
  readonly description: string;
  readonly licenseInfo: string | undefined;
  readonly compatibleRuntimes: readonly string[] | undefined;
  readonly compatibleArchitectures: readonly string[] | undefined;
  readonly createdAtMs: number;
  readonly policy: LayerPolicy | undefined;
}

/** Layers, on disk. */
export interface LayerStore {
  /** Adds the next version. @param check asked first, and may throw */
  publish(
    key: LayerKey,
    version: Omit<LayerVersionRecord, keyof LayerVersionKey | "policy">,
    check: () => Promise<void>,
  ): Promise<LayerVersionRecord>;
  find(key: LayerVersionKey): Promise<LayerVersionRecord | undefined>;
  /** Answers what was there. */
  remove(key: LayerVersionKey): Promise<LayerVersionRecord | undefined>;
  /** Changes a version's policy; undefined removes it. */
  changePolicy(key: LayerVersionKey, decide: (current: LayerVersionRecord | undefined) => LayerPolicy | undefined): Promise<void>;
  /** A layer's versions, the newest first. */
  versions(key: LayerKey): Promise<readonly LayerVersionRecord[]>;
  /** All of an account's in a region: by name, then the newest first. */
  all(scope: Omit<LayerKey, "layerName">): Promise<readonly LayerVersionRecord[]>;
}

type Row = NonNullable<Awaited<ReturnType<Models["layerVersion"]["findUnique"]>>>;

export function createLayerStore(db: Database): LayerStore {
  const lock = createKeyLock();
  const { layer, layerVersion } = db.models;
  const find = async (key: LayerVersionKey): Promise<LayerVersionRecord | undefined> => {
    const row = await layerVersion.findUnique({ where: uniqueOf(key) });
    return row === null ? undefined : toRecord(row);
  };

  return {
    find,
    publish: (key, version, check) =>
      lock.run(layerArn(key), async () => {
        await check();
        const where = { accountId_region_layerName: keyOf(key) };
        const versionNumber = ((await layer.findUnique({ where }))?.lastVersion ?? 0) + 1;
        const record: LayerVersionRecord = { ...keyOf(key), versionNumber, ...version, policy: undefined };
        await db.transaction((models) => [
          models.layer.upsert({ where, create: { ...keyOf(key), lastVersion: versionNumber }, update: { lastVersion: versionNumber } }),
          models.layerVersion.create({ data: toRow(record) }),
        ]);
        return record;
      }),
    remove: (key) =>
      lock.run(layerArn(key), async () => {
        const record = await find(key);
        if (record !== undefined) await layerVersion.delete({ where: uniqueOf(key) });
        return record;
      }),
    changePolicy: (key, decide) =>
      lock.run(layerArn(key), async () => {
        const policy = decide(await find(key));
        await layerVersion.update({ where: uniqueOf(key), data: policyColumns(policy) });
      }),
    versions: async (key) => (await layerVersion.findMany({ where: keyOf(key), orderBy: { versionNumber: "desc" } })).map(toRecord),
    all: async ({ accountId, region }) =>
      (await layerVersion.findMany({ where: { accountId, region }, orderBy: [{ layerName: "asc" }, { versionNumber: "desc" }] })).map(
        toRecord,
      ),
  };
}

const keyOf = ({ accountId, region, layerName }: LayerKey): LayerKey => ({ accountId, region, layerName });
const uniqueOf = (key: LayerVersionKey) => ({
  accountId_region_layerName_versionNumber: { ...keyOf(key), versionNumber: key.versionNumber },
});

const policyColumns = (policy: LayerPolicy | undefined): Pick<Row, "policy" | "policyRevisionId"> => ({
  policy: policy === undefined ? null : JSON.stringify(policy.document),
  policyRevisionId: policy?.revisionId ?? null,
});

const listText = (list: readonly string[] | undefined): string | null => (list === undefined ? null : JSON.stringify(list));
const listOf = (text: string | null): readonly string[] | undefined => (text === null ? undefined : (JSON.parse(text) as string[]));

const toRow = (record: LayerVersionRecord): Row => ({
  ...keyOf(record),
  versionNumber: record.versionNumber,
  codeSha256: record.code.sha256,
  codeSize: record.code.size,
  description: record.description,
  licenseInfo: record.licenseInfo ?? null,
  compatibleRuntimes: listText(record.compatibleRuntimes),
  compatibleArchitectures: listText(record.compatibleArchitectures),
  createdAtMs: record.createdAtMs,
  ...policyColumns(record.policy),
});

const toRecord = (row: Row): LayerVersionRecord => ({
  ...keyOf(row),
  versionNumber: row.versionNumber,
  code: { sha256: row.codeSha256, size: row.codeSize },
  description: row.description,
  licenseInfo: row.licenseInfo ?? undefined,
  compatibleRuntimes: listOf(row.compatibleRuntimes),
  compatibleArchitectures: listOf(row.compatibleArchitectures),
  createdAtMs: row.createdAtMs,
  policy: row.policy === null ? undefined : { document: JSON.parse(row.policy) as PolicyDocument, revisionId: row.policyRevisionId ?? "" },
});
