import type { Database, Models } from "@mayfly/db";
import { createKeyLock, type KeyLock } from "@mayfly/kernel";
import type { CodeSigningPolicy } from "@mayfly/wire/lambda";
import type { Tags } from "../tags/tagged-resource.ts";

/** A code signing configuration. Immutable; a change is another record. */
export interface CodeSigningConfigRecord {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly description: string;
  readonly signingProfileVersionArns: readonly string[];
  readonly untrustedArtifactOnDeployment: CodeSigningPolicy;
  readonly tags: Tags;
  readonly createdAtMs: number;
  readonly lastModifiedMs: number;
}

/** Code signing configurations, on disk. */
export interface CodeSigningStore {
  find(arn: string): Promise<CodeSigningConfigRecord | undefined>;
  create(record: CodeSigningConfigRecord): Promise<void>;
  /** Changes one; changes of the same one run one after the other. */
  change(arn: string, decide: (current: CodeSigningConfigRecord | undefined) => CodeSigningConfigRecord): Promise<CodeSigningConfigRecord>;
  /** @param check told what is to go and how many functions have it; may throw */
  remove(arn: string, check: (current: CodeSigningConfigRecord | undefined, functionCount: number) => void): Promise<void>;
  /** Works with one that is not removed meanwhile. */
  using<T>(arn: string, work: (current: CodeSigningConfigRecord | undefined) => Promise<T>): Promise<T>;
  /** All of an account's in a region, by ARN. */
  all(scope: { readonly accountId: string; readonly region: string }): Promise<readonly CodeSigningConfigRecord[]>;
  /** The names of the functions that have one, in order. */
  functionNames(arn: string): Promise<readonly string[]>;
}

type Row = NonNullable<Awaited<ReturnType<Models["codeSigningConfig"]["findUnique"]>>>;

export function createCodeSigningStore(db: Database): CodeSigningStore {
  const lock: KeyLock = createKeyLock();
  const { codeSigningConfig, lambdaFunction } = db.models;
  const find = async (arn: string): Promise<CodeSigningConfigRecord | undefined> => {
    const row = await codeSigningConfig.findUnique({ where: { arn } });
    return row === null ? undefined : toRecord(row);
  };
  return {
    find,
    create: async (record) => void (await codeSigningConfig.create({ data: toRow(record) })),
    change: (arn, decide) =>
      lock.run(arn, async () => {
        const next = decide(await find(arn));
        await codeSigningConfig.update({ where: { arn }, data: toRow(next) });
        return next;
      }),
    remove: (arn, check) =>
      lock.run(arn, async () => {
        check(await find(arn), await lambdaFunction.count({ where: { codeSigningConfigArn: arn } }));
        await codeSigningConfig.delete({ where: { arn } });
      }),
    using: (arn, work) => lock.run(arn, async () => work(await find(arn))),
    all: async ({ accountId, region }) =>
      (await codeSigningConfig.findMany({ where: { accountId, region }, orderBy: { arn: "asc" } })).map(toRecord),
    functionNames: async (arn) =>
      (
        await lambdaFunction.findMany({
          where: { codeSigningConfigArn: arn },
          orderBy: { functionName: "asc" },
          select: { functionName: true },
        })
      ).map(({ functionName }) => functionName),
  };
}

const toRow = (record: CodeSigningConfigRecord): Row => ({
  ...record,
  signingProfileVersionArns: JSON.stringify(record.signingProfileVersionArns),
  tags: JSON.stringify(record.tags),
});

const toRecord = (row: Row): CodeSigningConfigRecord => ({
  ...row,
  signingProfileVersionArns: JSON.parse(row.signingProfileVersionArns) as string[],
  untrustedArtifactOnDeployment: row.untrustedArtifactOnDeployment as CodeSigningPolicy,
  tags: JSON.parse(row.tags) as Tags,
});
