import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useSyncExternalStore, type ReactNode } from "react";
import { connectionStore } from "../api/connection.ts";
import { FollowLink } from "./follow-link.tsx";
import { linkToken, renewSession, sessionStore } from "./session.ts";

const SignInPage = lazy(async () => ({ default: (await import("./sign-in-page.tsx")).SignInPage }));

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
  if (state.status === "unknown" && linkToken === undefined) return null;
  return (
    <Suspense fallback={null}>
      {linkToken === undefined ? (
        <SignInPage reason={state.status === "signed-out" ? state.reason : undefined} />
      ) : (
        <FollowLink token={linkToken} />
      )}
    </Suspense>
  );
}
