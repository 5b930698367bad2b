import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRouteError } from "react-router";
import { hrefOf, useFollow } from "./follow.ts";
import { isMissingPart } from "../api/problem.ts";
import { useReloadWhenBack } from "./missing-part.ts";
import { usePage } from "./page.tsx";
import { paths } from "./paths.ts";

/** For an address that is no page. */
export function NotFoundPage() {
  usePage({ title: "Page not found", breadcrumbs: [] });
  const follow = useFollow();
  return (
    <Box padding="xxl" textAlign="center">
      <SpaceBetween size="m">
        <Box variant="h1">There is no such page</Box>
        <Box>The address may have been cut short, or the page may have moved. Ctrl+K finds every page and function.</Box>
        <Link href={hrefOf(paths.functions)} onFollow={follow}>
          Go to Functions
        </Link>
      </SpaceBetween>
    </Box>
  );
}

/** For a page that could not be loaded or that failed while it was drawn. */
export function RouteErrorPage() {
  const error = useRouteError();
  usePage({ title: "Error", breadcrumbs: [] });
  const isMissing = isMissingPart(error);
  useReloadWhenBack(isMissing);
  return (
    <SpaceBetween size="m">
      <Header key="header" variant="h1">
        {isMissing ? "This page could not be loaded" : "This page could not be shown"}
      </Header>
      <Alert key="why" type="error" action={<Button onClick={() => location.reload()}>Reload</Button>}>
        {isMissing ? "It is loaded anew as soon as the server answers. Drafts are kept." : String(error)}
      </Alert>
    </SpaceBetween>
  );
}
