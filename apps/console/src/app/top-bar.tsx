import Icon from "@cloudscape-design/components/icon";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { goToRegion, regions } from "../api/region.ts";
import { currentRegion } from "../api/send.ts";
import { sessionStore, signOut } from "../session/session.ts";
import { hrefOf, useFollow } from "./follow.ts";
import { paths } from "./paths.ts";
import "./top-bar.css";
import { isDark, preferencesStore, setPreferences } from "./preferences.ts";

const halfMoon = (
  <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <circle cx="8" cy="8" r="6" fill="none" />
    <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none" />
  </svg>
);

/** Search, colours, region and account. */
export function TopBar({ onSearch }: { readonly onSearch: () => void }) {
  const state = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  const { density } = useSyncExternalStore(preferencesStore.subscribe, preferencesStore.get);
  const navigate = useNavigate();
  const follow = useFollow();
  const session = state.status === "signed-in" ? state.session : undefined;
  const region = currentRegion();
  const who = session ? (session.principal.userName ?? session.principal.arn.split(/[:/]/).at(-1) ?? "") : "";
  return (
    <TopNavigation
      identity={{ href: hrefOf(paths.functions), logo: { src: "/console/mayfly-wordmark.svg", alt: "Mayfly" }, onFollow: follow }}
      search={
        <button type="button" className="search-button" onClick={onSearch}>
          <Icon name="search" />
          <span>Search functions and pages</span>
          <kbd>Ctrl+K</kbd>
        </button>
      }
      utilities={[
        {
          type: "button",
          iconSvg: halfMoon,
          ariaLabel: isDark() ? "Use light colours" : "Use dark colours",
          title: isDark() ? "Use light colours" : "Use dark colours",
          disableUtilityCollapse: true,
          onClick: () => setPreferences({ mode: isDark() ? "light" : "dark" }),
        },
        {
          type: "menu-dropdown",
          text: region,
          ariaLabel: `Region: ${region}`,
          items: regions.map(({ id, name }) => ({ id, text: name, secondaryText: id, itemType: "checkbox", checked: id === region })),
          onItemClick: ({ detail }) => goToRegion(detail.id),
        },
        {
          type: "menu-dropdown",
          text: who,
          iconName: "user-profile",
          ariaLabel: `Account: ${who}`,
          description: session?.principal.arn ?? "",
          items: [
            { id: "account", text: `Account ID: ${session?.accountId ?? ""}`, disabled: true },
            { id: "settings", text: "Settings" },
            { id: "density", text: density === "compact" ? "Comfortable spacing" : "Compact spacing" },
            { id: "system", text: "Colours as the system has them" },
            ...(session?.auth === "open" ? [] : [{ id: "sign-out", text: "Sign out" }]),
          ],
          onItemClick: ({ detail }) => {
            if (detail.id === "settings") void navigate(paths.settings);
            if (detail.id === "density") setPreferences({ density: density === "compact" ? "comfortable" : "compact" });
            if (detail.id === "system") setPreferences({ mode: "system" });
            if (detail.id === "sign-out") void signOut();
          },
        },
      ]}
    />
  );
}
