import AppLayout, { type AppLayoutProps } from "@cloudscape-design/components/app-layout";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Flashbar from "@cloudscape-design/components/flashbar";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { connectionStore } from "../api/connection.ts";
import { Flashes } from "./flash.tsx";
import { useFollow } from "./follow.ts";
import { Navigation } from "./navigation.tsx";
import { ShellContext, type PageFrame, type Shell } from "./page.tsx";
import { usePaletteKeys } from "./palette-keys.ts";
import { TopBar } from "./top-bar.tsx";

// What nobody sees at first is loaded when it is asked for.
const HelpFor = lazy(async () => ({ default: (await import("../help/help-for.tsx")).HelpFor }));
const SplitPanel = lazy(() => import("@cloudscape-design/components/split-panel"));
const CommandPalette = lazy(async () => ({ default: (await import("./palette.tsx")).CommandPalette }));

const firstFrame: PageFrame = { title: "Mayfly", breadcrumbs: [] };

/** Everything around a page: top bar, navigation, breadcrumbs, messages, help and split panel. */
export function AppShell() {
  const [frame, setFrame] = useState<PageFrame>(firstFrame);
  const [helpTopic, setHelpTopic] = useState<string>();
  const [navigationOpen, setNavigationOpen] = useState(() => innerWidth > 1_000);
  const [split, setSplit] = useState<{ header: string; content: ReactNode }>();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const location = useLocation();
  const navigate = useNavigate();
  const follow = useFollow();
  const layout = useRef<AppLayoutProps.Ref>(null);
  usePaletteKeys(() => setPaletteOpen(true));
  useTitle(frame.title);
  useEffect(() => setSplit(undefined), [location.pathname]);

  const shell = useMemo<Shell>(() => ({ setFrame, openHelp: setHelpTopic, setSplitPanel: setSplit }), []);
  const shownTopic = helpTopic ?? frame.help ?? "about";
  return (
    <ShellContext value={shell}>
      <div id="top-bar">
        <TopBar onSearch={() => setPaletteOpen(true)} />
      </div>
      <AppLayout
        ref={layout}
        headerSelector="#top-bar"
        contentType={frame.contentType ?? "default"}
        navigation={<Navigation />}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        breadcrumbs={
          frame.breadcrumbs.length > 0 && (
            <BreadcrumbGroup
              items={frame.breadcrumbs.map((item) => ({ ...item, href: `/console${item.href}` }))}
              onFollow={follow}
              ariaLabel="Breadcrumbs"
            />
          )
        }
        notifications={
          <>
            <ConnectionBanner />
            <Flashes />
          </>
        }
        stickyNotifications
        tools={<Suspense fallback={null}>{helpTopic !== undefined && <HelpFor topic={shownTopic} />}</Suspense>}
        toolsOpen={helpTopic !== undefined}
        onToolsChange={({ detail }) => setHelpTopic(detail.open ? (frame.help ?? "about") : undefined)}
        splitPanel={
          split && (
            <Suspense fallback={null}>
              <SplitPanel header={split.header}>{split.content}</SplitPanel>
            </Suspense>
          )
        }
        splitPanelOpen={split !== undefined}
        onSplitPanelToggle={({ detail }) => {
          if (!detail.open) setSplit(undefined);
        }}
        ariaLabels={{
          navigation: "Side navigation",
          navigationClose: "Close side navigation",
          navigationToggle: "Open side navigation",
          notifications: "Notifications",
          tools: "Help panel",
          toolsClose: "Close help panel",
          toolsToggle: "Open help panel",
        }}
        content={<Outlet />}
      />
      <Suspense fallback={null}>
        {paletteOpen && <CommandPalette onClose={() => setPaletteOpen(false)} onGo={(path) => void navigate(path)} />}
      </Suspense>
    </ShellContext>
  );
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "Mayfly" ? title : `${title} | Mayfly`;
  }, [title]);
}

/** Says that the server is gone, as long as it is; when it is back, what the page shows is asked for anew. */
function ConnectionBanner() {
  const reachable = useSyncExternalStore(connectionStore.subscribe, connectionStore.get);
  const cache = useQueryClient();
  const wasGone = useRef(false);
  useEffect(() => {
    if (reachable && wasGone.current) void cache.invalidateQueries();
    wasGone.current = !reachable;
  }, [reachable, cache]);
  if (reachable) return null;
  return (
    <Flashbar
      items={[
        {
          id: "server-gone",
          type: "warning",
          header: "The Mayfly server does not answer",
          content: "Trying again until it does. What you have typed stays here; start the server with npm start if it was stopped.",
          loading: true,
        },
      ]}
    />
  );
}
