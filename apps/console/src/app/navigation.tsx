import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { useLocation } from "react-router";
import { hrefOf, useFollow } from "./follow.ts";
import { paths } from "./paths.ts";

const link = (text: string, path: string): SideNavigationProps.Link => ({ type: "link", text, href: hrefOf(path) });

/** Every page that the side navigation leads to. The command palette lists the same. */
export const navigationItems: readonly SideNavigationProps.Section[] = [
  {
    type: "section",
    text: "Lambda",
    items: [
      link("Dashboard", paths.dashboard),
      link("Functions", paths.functions),
      link("Layers", paths.layers),
      link("Code signing configurations", paths.codeSigning),
    ],
  },
  { type: "section", text: "S3", items: [link("Buckets", paths.buckets)] },
  { type: "section", text: "Simple Queue Service", items: [link("Queues", paths.queues)] },
  {
    type: "section",
    text: "Simple Notification Service",
    items: [link("Topics", paths.topics), link("Subscriptions", paths.subscriptions), link("E-mail outbox", paths.outbox)],
  },
  { type: "section", text: "CloudWatch Logs", items: [link("Log groups", paths.logGroups), link("Live Tail", paths.liveTail())] },
  {
    type: "section",
    text: "Identity and access",
    items: [link("Roles", paths.roles), link("Policies", paths.policies), link("Users", paths.users)],
  },
  { type: "section", text: "Mayfly", items: [link("Settings", paths.settings)] },
];

/** The side navigation; the section that a page belongs to is marked. */
export function Navigation() {
  const { pathname } = useLocation();
  const links = navigationItems.flatMap(({ items }) => items as SideNavigationProps.Link[]);
  const active = links.filter(({ href }) => hrefOf(pathname).startsWith(href)).sort((a, b) => b.href.length - a.href.length)[0];
  return (
    <SideNavigation
      header={{ text: "Mayfly", href: hrefOf(paths.functions) }}
      activeHref={active?.href ?? ""}
      items={[...navigationItems]}
      onFollow={useFollow()}
    />
  );
}
