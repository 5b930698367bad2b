import type { Models } from "@mayfly/db";
import { createKeyLock, Fault, newUuid, type Clock } from "@mayfly/kernel";
import type { FunctionKey } from "@mayfly/lambda";
import type { FileChange, FunctionDraft } from "@mayfly/wire/mayfly";
import { mayflyLimits } from "./limits.ts";

/** Undeployed work, one draft a function. */
export interface Drafts {
  get(key: FunctionKey): Promise<FunctionDraft | undefined>;
  /** @throws Fault PreconditionFailedException if the saved draft is another than `draftRevisionId` says; FileTooLargeException */
  put(
    key: FunctionKey,
    draft: Pick<FunctionDraft, "BaseCodeSha256" | "Changes" | "LastModifiedBy">,
    draftRevisionId: string | undefined,
  ): Promise<{ DraftRevisionId: string; LastModified: Date }>;
  remove(key: FunctionKey): Promise<void>;
}

/** Makes the store of drafts over the database. */
export function createDrafts(models: Pick<Models, "functionDraft">, clock: Clock): Drafts {
  const lock = createKeyLock();
  const where = ({ accountId, region, functionName }: FunctionKey) => ({
    accountId_region_functionName: { accountId, region, functionName },
  });
  return {
    async get(key) {
      const row = await models.functionDraft.findUnique({ where: where(key) });
      if (row === null) return undefined;
      return {
        BaseCodeSha256: row.baseCodeSha256,
        DraftRevisionId: row.draftRevisionId,
        LastModified: new Date(row.lastModifiedMs),
        LastModifiedBy: row.lastModifiedBy,
        Changes: readChanges(row.changes),
      };
    },
    put: (key, draft, draftRevisionId) =>
      lock.run(`${key.accountId}/${key.region}/${key.functionName}`, async () => {
        checkSize(draft.Changes);
        const saved = await models.functionDraft.findUnique({ where: where(key), select: { draftRevisionId: true } });
        if ((saved?.draftRevisionId ?? undefined) !== draftRevisionId) throw conflict();
        const lastModifiedMs = clock.now();
        const data = {
          draftRevisionId: newUuid(),
          baseCodeSha256: draft.BaseCodeSha256,
          lastModifiedMs,
          lastModifiedBy: draft.LastModifiedBy,
          changes: writeChanges(draft.Changes),
        };
        const { accountId, region, functionName } = key;
        await models.functionDraft.upsert({ where: where(key), create: { accountId, region, functionName, ...data }, update: data });
        return { DraftRevisionId: data.draftRevisionId, LastModified: new Date(lastModifiedMs) };
      }),
    async remove({ accountId, region, functionName }) {
      await models.functionDraft.deleteMany({ where: { accountId, region, functionName } });
    },
  };
}

const conflict = (): Fault =>
  new Fault("PreconditionFailedException", "The draft was saved elsewhere in the meantime. Get it again and retry the request.");

function checkSize(changes: readonly FileChange[]): void {
  const bytes = changes.reduce((sum, { Content }) => sum + (Content?.byteLength ?? 0), 0);
  if (bytes > mayflyLimits.draftBytes)
    throw new Fault(
      "FileTooLargeException",
      `A draft holds at most ${mayflyLimits.draftBytes} bytes. Deploy the changes, or upload a .zip file.`,
    );
}

interface KeptChange extends Omit<FileChange, "Content"> {
  readonly Content?: string;
}

const writeChanges = (changes: readonly FileChange[]): string =>
  JSON.stringify(
    changes.map(({ Content, ...rest }): KeptChange => ({ ...rest, ...(Content && { Content: Buffer.from(Content).toString("base64") }) })),
  );

const readChanges = (text: string): FileChange[] =>
  (JSON.parse(text) as KeptChange[]).map(({ Content, ...rest }) => ({
    ...rest,
    ...(Content !== undefined && { Content: Buffer.from(Content, "base64") }),
  }));
