import type { LayerVersionsListItem } from "@aws-sdk/client-lambda";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAws } from "../api/hooks.ts";
import { problemOf } from "../api/problem.ts";
import { useFlash } from "../app/flash.tsx";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { useAddressState } from "../shared/address-state.ts";
import { CopyText } from "../shared/copy-text.tsx";
import { formatBytes } from "../shared/format.ts";
import { Loaded, SkeletonLines } from "../shared/loaded.tsx";
import { Moment } from "../shared/moment.tsx";
import { DeleteLayerVersionDialog } from "./delete-layer-version-dialog.tsx";
import { LayerPolicy } from "./layer-policy.tsx";
import { LayerUsers } from "./layer-users.tsx";
import { useLayerVersions } from "./use-layers.ts";
import "../functions/detail/qualifiers/qualifier-select.css";

/** One layer: a version of it, who may use that, and which functions do. */
export function LayerPage() {
  const { layerName = "" } = useParams();
  usePage({
    title: layerName,
    help: "layers",
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Layers", href: paths.layers },
      { text: layerName, href: paths.layer(layerName) },
    ],
  });
  const versions = useLayerVersions(layerName);
  const [chosen] = useAddressState("version");
  const shown = versions.data?.find(({ Version }) => String(Version) === chosen) ?? (chosen === undefined ? versions.data?.[0] : undefined);
  return (
    <ContentLayout header={<LayerHeader layerName={layerName} versions={versions.data ?? []} shown={shown} />}>
      <Loaded query={versions} skeleton={<Container>{<SkeletonLines lines={6} />}</Container>}>
        {() =>
          shown ? (
            <SpaceBetween size="l">
              <VersionDetails key="details" layerName={layerName} version={shown} />
              <LayerUsers key="users" layerName={layerName} versionArn={shown.LayerVersionArn ?? ""} />
              <LayerPolicy key={`policy ${shown.Version}`} layerName={layerName} version={shown.Version ?? 0} />
            </SpaceBetween>
          ) : (
            <NoVersion layerName={layerName} version={chosen} />
          )
        }
      </Loaded>
    </ContentLayout>
  );
}

function NoVersion({ layerName, version }: { readonly layerName: string; readonly version: string | undefined }) {
  const what = version === undefined ? `layer ${layerName}` : `version ${version} of the layer ${layerName}`;
  return (
    <Alert
      type="info"
      header={`There is no ${what}`}
      action={
        <Button href={hrefOf(paths.layers)} onFollow={useFollow()}>
          View all layers
        </Button>
      }
    >
      It may have been deleted. Functions that have it keep it.
    </Alert>
  );
}

interface LayerHeaderProps {
  readonly layerName: string;
  readonly versions: readonly LayerVersionsListItem[];
  readonly shown: LayerVersionsListItem | undefined;
}

function LayerHeader({ layerName, versions, shown }: LayerHeaderProps) {
  const [isDeleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const follow = useFollow();
  const flash = useFlash();
  const details = useVersionDetails(layerName, shown?.Version);
  const options = versions.map(({ Version, Description }) => ({
    value: String(Version),
    label: `Version ${Version}`,
    ...(Description && { description: Description }),
  }));
  const download = (): void => {
    if (details.data?.Content?.Location) location.assign(details.data.Content.Location);
    else flash.error("layer", "The package could not be downloaded", problemOf(details.error));
  };
  return (
    <>
      <Header
        variant="h1"
        {...(shown && { description: <CopyText text={shown.LayerVersionArn ?? ""} label="Version ARN" /> })}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <div key="version" className="qualifier-select">
              <Select
                ariaLabel="Version"
                disabled={!shown}
                selectedOption={options.find(({ value }) => value === String(shown?.Version)) ?? null}
                options={options}
                placeholder="Version"
                filteringType="auto"
                filteringAriaLabel="Find a version"
                expandToViewport
                onChange={({ detail }) => void navigate(paths.layer(layerName, Number(detail.selectedOption.value)))}
              />
            </div>
            <Button key="delete" disabled={!shown} onClick={() => setDeleting(true)}>
              Delete
            </Button>
            <Button key="download" disabled={!details.data} onClick={download}>
              Download
            </Button>
            <Button key="create" href={hrefOf(paths.createLayerVersion(layerName))} onFollow={follow}>
              Create version
            </Button>
          </SpaceBetween>
        }
      >
        {layerName}
      </Header>
      {isDeleting && shown && (
        <DeleteLayerVersionDialog
          layerName={layerName}
          version={shown.Version ?? 0}
          onClose={() => setDeleting(false)}
          onDeleted={() => void navigate(versions.length > 1 ? paths.layer(layerName) : paths.layers)}
        />
      )}
    </>
  );
}

function useVersionDetails(layerName: string, version: number | undefined) {
  return useAws("lambda", "GetLayerVersion", version === undefined ? undefined : { LayerName: layerName, VersionNumber: version });
}

function VersionDetails({ layerName, version }: { readonly layerName: string; readonly version: LayerVersionsListItem }) {
  const { data } = useVersionDetails(layerName, version.Version);
  return (
    <Container header={<Header variant="h2">Version {version.Version}</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: "Description", value: version.Description || "-" },
          { label: "Created", value: <Moment time={version.CreatedDate} /> },
          { label: "Package size", value: data ? formatBytes(data.Content?.CodeSize ?? 0) : "-" },
          { label: "License", value: version.LicenseInfo || "-" },
          { label: "Compatible runtimes", value: version.CompatibleRuntimes?.join(", ") || "Not said" },
          { label: "Compatible architectures", value: version.CompatibleArchitectures?.join(", ") || "Not said" },
          { label: "SHA256 hash", value: data ? <CopyText text={data.Content?.CodeSha256 ?? ""} label="SHA256 hash" /> : "-" },
        ]}
      />
    </Container>
  );
}
