import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useEffect } from "react";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { InfoLink } from "../../shared/info-link.tsx";
import { whenIdle } from "../../shared/when-idle.ts";
import { preloadEditor } from "../detail/get-ready.ts";
import { FromBlueprint } from "./from-blueprint.tsx";
import { FromScratch } from "./from-scratch.tsx";

/** Create function: from scratch or from a blueprint. */
export function CreateFunctionPage() {
  usePage({
    title: "Create function",
    help: "create-function",
    contentType: "form",
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Functions", href: paths.functions },
      { text: "Create function", href: paths.createFunction },
    ],
  });
  useEffect(() => whenIdle(preloadEditor), []);
  const [method, setMethod] = useAddressState("method");
  const isBlueprint = method === "blueprint";
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<InfoLink topic="create-function" about="creating functions" />}
          description="Choose one of the following options to create your function."
        >
          Create function
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Tiles
          key="method"
          ariaLabel="How to create the function"
          value={isBlueprint ? "blueprint" : "scratch"}
          onChange={({ detail }) => setMethod(detail.value === "scratch" ? undefined : detail.value)}
          items={[
            { value: "scratch", label: "Author from scratch", description: "Start with a simple Hello World example." },
            { value: "blueprint", label: "Use a blueprint", description: "Build on sample code for a common use." },
            {
              value: "image",
              label: "Container image",
              description: "This server does not run functions from container images yet.",
              disabled: true,
            },
          ]}
        />
        {isBlueprint ? <FromBlueprint key="blueprint" /> : <FromScratch key="scratch" />}
      </SpaceBetween>
    </ContentLayout>
  );
}
