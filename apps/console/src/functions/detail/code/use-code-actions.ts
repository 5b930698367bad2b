import { useQueryClient } from "@tanstack/react-query";
import { useMemo, type KeyboardEvent } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { problemOf } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { useTestRunner } from "../test/test-runner.tsx";
import type { CodeDialog } from "./code-dialogs.tsx";
import type { CodeSession } from "./code-session.ts";

/** What the editor's keys and buttons do. */
export interface CodeActions {
  readonly save: () => void;
  /** Answers whether the function now is what the editor shows. */
  readonly deploy: () => Promise<boolean>;
  readonly test: () => void;
  /** Deploys what changed, then tests. */
  readonly deployAndTest: () => Promise<void>;
  readonly show: (dialog: CodeDialog) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Makes the actions of a session. */
export function useCodeActions(session: CodeSession, show: (dialog: CodeDialog) => void): CodeActions {
  const flash = useFlash();
  const cache = useQueryClient();
  const { openTest, runTest } = useTestRunner();
  const { refresh } = useCurrentFunction();
  return useMemo(() => {
    const { functionName } = session;
    const flashId = `deploy-${functionName}`;
    const deploy = async (): Promise<boolean> => {
      flash.dismiss(flashId);
      try {
        const isDone = await session.deploy();
        if (!isDone) return false;
        flash.success(flashId, `Successfully updated the function ${functionName}.`, { label: "Test", onClick: () => void runTest() });
        void refresh();
        void cache.invalidateQueries({ queryKey: keyOf("mayfly", "ListFunctionDeployments") });
        return true;
      } catch (error) {
        flash.error(flashId, `The function ${functionName} was not updated`, problemOf(error), {
          label: "Try again",
          onClick: () => void deploy(),
        });
        return false;
      }
    };
    const isDeployed = (): boolean => {
      session.flush();
      return !session.view.workspace.isDirty;
    };
    const deployAndTest = async (): Promise<void> => {
      if (isDeployed() || (await deploy())) await runTest();
    };
    const actions = {
      save: () => void session.saveDraft(),
      deploy,
      test: openTest,
      deployAndTest,
      show,
    };
    return { ...actions, onKeyDown: keyHandler(actions, isDeployed) };
  }, [session, flash, cache, openTest, runTest, refresh, show]);
}

type KeyActions = Omit<CodeActions, "onKeyDown">;

/** Before Monaco gets the key: these work wherever in the tab the focus is. */
function keyHandler({ save, deploy, test, deployAndTest, show }: KeyActions, isDeployed: () => boolean): CodeActions["onKeyDown"] {
  const byKey: Readonly<Record<string, () => void>> = {
    s: save,
    "shift+u": () => {
      if (!isDeployed()) void deploy();
    },
    "shift+i": test,
    enter: () => void deployAndTest(),
    p: () => show({ kind: "quick-open" }),
    "shift+f": () => show({ kind: "find" }),
  };
  return (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const action = byKey[(event.shiftKey ? "shift+" : "") + event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
}
