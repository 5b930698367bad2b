import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore, type ReactNode } from "react";
import { connectionStore } from "../api/connection.ts";
import { linkToken, renewSession, sessionStore } from "./session.ts";
import { SignInPage } from "./sign-in-page.tsx";

/** Shows the console to who is signed in and the sign-in page to others. The address stays, so signing in again leads back to it. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const state = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  const reachable = useSyncExternalStore(connectionStore.subscribe, connectionStore.get);
  const cache = useQueryClient();
  // What one principal saw is not for the next. Nothing of the console is mounted then, so no page loses what it waits for.
  useEffect(() => {
    if (state.status === "signed-out") cache.clear();
  }, [cache, state.status]);
  useEffect(() => {
    if (state.status === "unknown" && reachable && linkToken === undefined) renewSession().catch(() => undefined);
  }, [state.status, reachable]);
  if (state.status === "signed-in") return children;
  if (state.status === "signed-out" || linkToken !== undefined)
    return <SignInPage reason={state.status === "signed-out" ? state.reason : undefined} />;
  return null;
}
