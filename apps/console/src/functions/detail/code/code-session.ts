import type { FunctionDraft } from "@mayfly/wire/mayfly";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { LiveTexts, type LiveText } from "./live-texts.ts";
import { readyFunction } from "./ready-function.ts";
import type { Listing, SessionView } from "./session-view.ts";
import { Workspace, type PackageListing } from "./workspace.ts";

/** The draft is saved when nothing was typed for this long. Milliseconds. */
const saveDraftAfterMs = 1_000;

/** One function's code in this page: what is deployed, what was changed, and how it gets saved and deployed. It outlives the tab. */
export class CodeSession {
  readonly functionName: string;
  /** Under this name the editor holds its texts. */
  readonly folder: string;
  #view: SessionView;
  #draftRevisionId: string | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();
  /** A conflict is being settled; a deploy waits for that. */
  #settling: Promise<void> = Promise.resolve();
  readonly #live = new LiveTexts();
  readonly #listeners = new Set<() => void>();

  private constructor(functionName: string, listing: Listing, draft: FunctionDraft | undefined, folder = functionName) {
    this.functionName = functionName;
    this.folder = folder;
    const fits = draft?.BaseCodeSha256 === listing.CodeSha256;
    const workspace = new Workspace(draft && !fits ? { ...listing, CodeSha256: draft.BaseCodeSha256 } : listing, draft);
    this.#draftRevisionId = draft?.DraftRevisionId;
    this.#view = {
      workspace,
      listing,
      draftState: draft ? "saved" : "none",
      draftSavedAt: draft?.LastModified,
      draftProblem: undefined,
      isDeploying: false,
      conflict: draft && !fits ? "deployed-elsewhere" : undefined,
      openPaths: [],
      activePath: undefined,
      epoch: 0,
    };
  }

  /** Asks for the function's files and its draft. */
  static async load(functionName: string): Promise<CodeSession> {
    const [listing, { Draft }] = await Promise.all([
      send("mayfly", "ListFunctionFiles", { FunctionName: functionName }),
      send("mayfly", "GetFunctionDraft", { FunctionName: functionName }),
    ]);
    return new CodeSession(functionName, listing, Draft);
  }

  /** One of the function's packages, to be read only. */
  static async ofPackage(functionName: string, CodeSha256: string): Promise<CodeSession> {
    const listing = await send("mayfly", "ListFunctionFiles", { FunctionName: functionName, CodeSha256 });
    return new CodeSession(functionName, { ...listing, Editable: false }, undefined, `${functionName}@${CodeSha256.replaceAll("/", "_")}`);
  }

  get view(): SessionView {
    return this.#view;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens a file in a tab and shows it. */
  open(path: string): void {
    const { openPaths } = this.#view;
    this.#set({ activePath: path, ...(!openPaths.includes(path) && { openPaths: [...openPaths, path] }) });
  }

  /** Closes a tab; its neighbour is shown. What was changed in it stays. */
  close(path: string): void {
    this.flush();
    const { openPaths, activePath } = this.#view;
    const at = openPaths.indexOf(path);
    const left = openPaths.filter((open) => open !== path);
    this.#set({ openPaths: left, ...(activePath === path && { activePath: left[Math.min(at, left.length - 1)] }) });
  }

  /** Tells of a text that is being edited; flush reads it. Answers how to take it back. */
  attach(path: string, text: LiveText): () => void {
    return this.#live.attach(path, text);
  }

  /** Forgets the editor's text of a file, and of all below it if it is a folder: it was replaced. */
  drop(path: string): void {
    this.#dropLive((live) => live === path || live.startsWith(`${path}/`));
  }

  #dropLive(isDropped: (path: string) => boolean): void {
    this.#live.drop(isDropped);
    this.#set({ epoch: this.#view.epoch + 1 });
  }

  /** Takes what was typed over into the workspace. */
  flush(): void {
    for (const [path, text] of this.#live.entries()) if (this.#view.workspace.has(path)) this.#view.workspace.write(path, text);
  }

  /** Something was typed or changed: the draft is saved soon. */
  touched(): void {
    if (this.#view.draftState !== "unsaved") this.#set({ draftState: "unsaved" });
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.saveDraft(), saveDraftAfterMs);
  }

  /** Saves the undeployed work on the server, or removes what was saved if nothing is undeployed. Never rejects. */
  saveDraft(): Promise<void> {
    clearTimeout(this.#saveTimer);
    this.#saving = this.#saving.then(() => this.#saveNow());
    return this.#saving;
  }

  /** The server can be reached again: a draft that it could not take is saved now. */
  resumed(): this {
    if (this.#view.draftState === "failed") void this.saveDraft();
    return this;
  }

  async #saveNow(): Promise<void> {
    if (this.#view.conflict !== undefined || this.#view.isDeploying) return;
    this.flush();
    const { workspace } = this.#view;
    const of = { FunctionName: this.functionName };
    this.#set({ draftState: "saving", draftProblem: undefined });
    try {
      if (!workspace.isDirty) {
        if (this.#draftRevisionId !== undefined) await send("mayfly", "DeleteFunctionDraft", of);
        this.#draftRevisionId = undefined;
        this.#set({ draftState: "none", draftSavedAt: undefined });
        return;
      }
      const version = workspace.version;
      const { DraftRevisionId, LastModified } = await send("mayfly", "PutFunctionDraft", {
        ...of,
        BaseCodeSha256: workspace.baseCodeSha256,
        Changes: workspace.changes(),
        ...(this.#draftRevisionId && { DraftRevisionId: this.#draftRevisionId }),
      });
      this.#draftRevisionId = DraftRevisionId;
      this.#set({ draftState: workspace.version === version ? "saved" : "unsaved", draftSavedAt: LastModified });
    } catch (error) {
      const problem = problemOf(error);
      this.#set({
        draftState: "failed",
        draftProblem: problem,
        ...(problem.kind === "conflict" && { conflict: "draft-elsewhere" as const }),
      });
    }
  }

  /**
   * Makes the work the function's code and waits until the function is ready to run it.
   * @throws the error of a request; a conflict is shown in the view and answered with false
   */
  async deploy(): Promise<boolean> {
    if (this.#view.isDeploying) return false;
    clearTimeout(this.#saveTimer);
    this.#set({ isDeploying: true });
    try {
      await this.#settling.catch(() => undefined);
      await this.#saving;
      this.flush();
      const { workspace } = this.#view;
      const deployedTexts = this.#live.entries();
      const configuration = await readyFunction(this.functionName);
      if (configuration.CodeSha256 !== workspace.baseCodeSha256) {
        this.#set({ conflict: "deployed-elsewhere" });
        return false;
      }
      await send("mayfly", "DeployFunctionFiles", {
        FunctionName: this.functionName,
        BaseCodeSha256: workspace.baseCodeSha256,
        Changes: workspace.changes(),
        ...(configuration.RevisionId && { RevisionId: configuration.RevisionId }),
      });
      this.#draftRevisionId = undefined;
      const ready = readyFunction(this.functionName);
      // Awaited below; if the listing fails first, its error is the one that is told.
      ready.catch(() => undefined);
      this.#takeListing(await this.#listing(), { keepChanges: false });
      for (const [path, text] of deployedTexts) workspace.knowBaseText(path, text);
      // What was typed meanwhile is the next draft.
      this.flush();
      this.#set({ draftState: workspace.isDirty ? "unsaved" : "none", draftSavedAt: undefined });
      await ready;
      return true;
    } catch (error) {
      if (problemOf(error).code === "PreconditionFailedException") {
        this.#set({ conflict: "deployed-elsewhere" });
        return false;
      }
      throw error;
    } finally {
      this.#set({ isDeploying: false });
    }
  }

  #listing(): Promise<PackageListing & Listing> {
    return send("mayfly", "ListFunctionFiles", { FunctionName: this.functionName });
  }

  #takeListing(listing: PackageListing & Listing, options: { readonly keepChanges: boolean }): void {
    this.#view.workspace.rebase(listing, options);
    this.#set({ listing });
  }

  /** Looks whether other code was deployed than the work here is based on. */
  async checkElsewhere(codeSha256: string | undefined): Promise<void> {
    const { workspace, isDeploying, conflict } = this.#view;
    if (codeSha256 === undefined || isDeploying || conflict || codeSha256 === workspace.baseCodeSha256) return;
    this.flush();
    if (workspace.isDirty) this.#set({ conflict: "deployed-elsewhere" });
    else await this.reload();
  }

  /** Takes what is deployed and saved elsewhere; the work here is dropped. */
  reload(): Promise<void> {
    this.#settling = this.#reload();
    return this.#settling;
  }

  async #reload(): Promise<void> {
    const { Draft } = await send("mayfly", "GetFunctionDraft", { FunctionName: this.functionName });
    const listing = await this.#listing();
    const draft = Draft?.BaseCodeSha256 === listing.CodeSha256 ? Draft : undefined;
    if (Draft && !draft) await send("mayfly", "DeleteFunctionDraft", { FunctionName: this.functionName });
    this.#draftRevisionId = draft?.DraftRevisionId;
    const workspace = new Workspace(listing, draft);
    const openPaths = this.#view.openPaths.filter((path) => workspace.has(path));
    const active = this.#view.activePath;
    this.#dropLive(() => true);
    this.#set({
      workspace,
      listing,
      conflict: undefined,
      draftState: draft ? "saved" : "none",
      draftSavedAt: draft?.LastModified,
      openPaths,
      activePath: active !== undefined && workspace.has(active) ? active : openPaths[0],
    });
  }

  /** Keeps the work here, on top of what is deployed now; a draft saved elsewhere is overwritten. */
  keepMine(): Promise<void> {
    this.#settling = this.#keepMine();
    return this.#settling;
  }

  async #keepMine(): Promise<void> {
    this.flush();
    const { Draft } = await send("mayfly", "GetFunctionDraft", { FunctionName: this.functionName });
    this.#draftRevisionId = Draft?.DraftRevisionId;
    const mine = new Set(this.#view.workspace.changes().map(({ Path }) => Path));
    this.#dropLive((path) => !mine.has(path));
    this.#takeListing(await this.#listing(), { keepChanges: true });
    this.#set({ conflict: undefined });
    await this.saveDraft();
  }

  /** Forgets all undeployed work. */
  async discard(): Promise<void> {
    this.#dropLive(() => true);
    this.#view.workspace.discard();
    const { openPaths, activePath, workspace } = this.#view;
    const left = openPaths.filter((path) => workspace.has(path));
    this.#set({ openPaths: left, activePath: activePath !== undefined && workspace.has(activePath) ? activePath : left[0] });
    await this.saveDraft();
  }

  #set(facts: Partial<SessionView>): void {
    this.#view = { ...this.#view, ...facts };
    for (const listener of this.#listeners) listener();
  }
}
