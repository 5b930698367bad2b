import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { codeSessionKey } from "./code-session-key.ts";
import { CodeSession } from "./code-session.ts";
import type { SessionView } from "./session-view.ts";

/** The session of a function's code; the same one for as long as the page lives, so nothing is lost by going to another tab. */
export function useCodeSession(functionName: string): UseQueryResult<CodeSession> {
  return useQuery({
    queryKey: codeSessionKey(functionName),
    // When the server is back everything is asked for anew: the session, with what was typed meanwhile, is kept.
    queryFn: ({ client }) => client.getQueryData<CodeSession>(codeSessionKey(functionName))?.resumed() ?? CodeSession.load(functionName),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}

/** What a session shows now. */
export const useSessionView = (session: CodeSession): SessionView => useSyncExternalStore(session.subscribe, () => session.view);

/** The workspace's tree and whether it is dirty, renewed with every change of the workspace. */
export function useWorkspaceVersion(session: CodeSession): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      let unsubscribe = session.view.workspace.subscribe(listener);
      let workspace = session.view.workspace;
      const stop = session.subscribe(() => {
        if (session.view.workspace === workspace) return;
        unsubscribe();
        workspace = session.view.workspace;
        unsubscribe = workspace.subscribe(listener);
        listener();
      });
      return () => {
        stop();
        unsubscribe();
      };
    },
    [session],
  );
  return useSyncExternalStore(subscribe, () => session.view.workspace.version);
}
