import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { Appearance } from "./appearance.tsx";
import { CliAccess } from "./cli-access.tsx";
import { Runtimes } from "./runtimes.tsx";
import { ServerFacts } from "./server-facts.tsx";
import { Sessions } from "./sessions.tsx";

/** How the console looks, what server this is, who is signed in, which runtimes it has. */
export function SettingsPage() {
  usePage({ title: "Settings", help: "settings", breadcrumbs: [{ text: "Settings", href: paths.settings }] });
  return (
    <ContentLayout header={<Header variant="h1">Settings</Header>}>
      <SpaceBetween size="l">
        <Appearance key="appearance" />
        <ServerFacts key="server" />
        <CliAccess key="cli" />
        <Sessions key="sessions" />
        <Runtimes key="runtimes" />
      </SpaceBetween>
    </ContentLayout>
  );
}
