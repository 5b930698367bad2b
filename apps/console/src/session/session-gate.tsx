import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore, type ReactNode } from "react";
import { connectionStore } from "../api/connection.ts";
import { FollowLink } from "./follow-link.tsx";
import { linkToken, renewSession, sessionStore } from "./session.ts";
import "./session-gate.css";

const SignInPage = lazy(async () => ({ default: (await import("./sign-in-page.tsx")).SignInPage }));

/**
 * Shows the console to who is signed in and the sign-in page to others. The address stays, so signing in leads to it; and when a session has
 * ended the console stays as it was below the sign-in page, with all that was typed: whoever comes back goes on there.
 */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { status } = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  const reachable = useSyncExternalStore(connectionStore.subscribe, connectionStore.get);
  const isEnded = status === "ended";
  useReturn(isEnded);
  useEffect(() => {
    if (status === "unknown" && reachable && linkToken === undefined) renewSession().catch(() => undefined);
  }, [status, reachable]);
  return (
    <>
      {(status === "signed-in" || isEnded) && (
        <div className="session" hidden={isEnded} inert={isEnded}>
          {children}
        </div>
      )}
      {status !== "signed-in" && <Suspense fallback={null}>{wayIn(status)}</Suspense>}
    </>
  );
}

function wayIn(status: "unknown" | "signed-out" | "ended"): ReactNode {
  if (status === "ended") return <SignInPage reason="Your session has ended. Sign in again to go on where you were." />;
  if (linkToken !== undefined) return <FollowLink />;
  return status === "unknown" ? null : <SignInPage />;
}

/** A session that has ended may have begun anew in another tab. When it goes on here, what the page shows is asked for anew. */
function useReturn(isEnded: boolean): void {
  const cache = useQueryClient();
  const wasEnded = useRef(false);
  useEffect(() => {
    if (!isEnded && wasEnded.current) void cache.invalidateQueries();
    wasEnded.current = isEnded;
    // Dialogs lie beside the console, not in it.
    document.body.classList.toggle("session-ended", isEnded);
    if (!isEnded) return undefined;
    const look = (): void => void renewSession().catch(() => undefined);
    addEventListener("focus", look);
    return () => removeEventListener("focus", look);
  }, [isEnded, cache]);
}
