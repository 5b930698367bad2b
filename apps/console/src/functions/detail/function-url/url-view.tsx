import type { FunctionUrlConfig } from "@aws-sdk/client-lambda";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { useFlash } from "../../../app/flash.tsx";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { CopyText } from "../../../shared/copy-text.tsx";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { Loaded } from "../../../shared/loaded.tsx";
import { Moment } from "../../../shared/moment.tsx";
import type { SectionViewProps } from "../configuration/section.ts";
import { useCurrentFunction } from "../function-context.ts";
import { corsItems } from "./cors-items.ts";
import { deleteUrl, useUrlConfig } from "./url-config.ts";

const authTexts: Readonly<Record<string, string>> = {
  AWS_IAM: "AWS_IAM: signed requests of those whom policies let",
  NONE: "NONE: whoever knows the address, as far as the resource policy lets them",
};
const modeTexts: Readonly<Record<string, string>> = {
  BUFFERED: "BUFFERED: the whole response at once",
  RESPONSE_STREAM: "RESPONSE_STREAM: as the function writes it",
};

/** The function's own address, and who may call it. */
export function FunctionUrlView({ onEdit }: SectionViewProps) {
  const query = useUrlConfig();
  const { qualifier } = useCurrentFunction();
  const isVersion = qualifier !== undefined && /^\d+$/.test(qualifier);
  return (
    <Loaded query={query}>
      {(config) =>
        config === null ? (
          <Container header={<Header variant="h2">Function URL</Header>}>
            <EmptyState
              title="No function URL"
              actions={
                onEdit && !isVersion
                  ? [
                      <Button key="create" onClick={onEdit}>
                        Create function URL
                      </Button>,
                    ]
                  : []
              }
            >
              {isVersion
                ? "A version has no URL of its own: make an alias of it."
                : "An HTTP address of the function's own, without an API before it."}
            </EmptyState>
          </Container>
        ) : (
          <UrlFacts config={config} onEdit={onEdit} />
        )
      }
    </Loaded>
  );
}

function UrlFacts({ config, onEdit }: SectionViewProps & { readonly config: FunctionUrlConfig }) {
  const [isDeleting, setDeleting] = useState(false);
  const { FunctionUrl = "", AuthType = "", InvokeMode = "", Cors, CreationTime, LastModifiedTime } = config;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button key="delete" onClick={() => setDeleting(true)}>
                Delete
              </Button>
              {onEdit && (
                <Button key="edit" ariaLabel="Edit Function URL" onClick={onEdit}>
                  Edit
                </Button>
              )}
            </SpaceBetween>
          }
        >
          Function URL
        </Header>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          key="facts"
          columns={2}
          items={[
            {
              label: "Function URL",
              value: (
                <SpaceBetween direction="horizontal" size="xs">
                  <CopyText key="copy" text={FunctionUrl} label="Function URL" />
                  <Link key="open" external href={FunctionUrl}>
                    Open
                  </Link>
                </SpaceBetween>
              ),
            },
            { label: "Auth type", value: authTexts[AuthType] ?? AuthType },
            { label: "Invoke mode", value: modeTexts[InvokeMode] ?? InvokeMode },
            { label: "Created", value: <Moment time={CreationTime} /> },
            { label: "Last modified", value: <Moment time={LastModifiedTime} /> },
          ]}
        />
        <div key="cors">
          <Box variant="h3">Cross-origin resource sharing (CORS)</Box>
          {Cors && corsItems(Cors).length > 0 ? (
            <KeyValuePairs columns={3} items={corsItems(Cors)} />
          ) : (
            <Box color="text-body-secondary">Not configured: what the function answers goes out as it is.</Box>
          )}
        </div>
        {isDeleting && <DeleteUrlDialog key="delete" url={FunctionUrl} onClose={() => setDeleting(false)} />}
      </SpaceBetween>
    </Container>
  );
}

function DeleteUrlDialog({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const current = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await deleteUrl(current);
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListFunctionUrlConfigs") });
    flash.success("function-url", "The function URL was deleted. Statements about it in the resource policy stay.");
  };
  return (
    <ConfirmDialog title="Delete the function URL?" action="Delete" typed="delete" onConfirm={remove} onClose={onClose}>
      Nobody reaches the function at <span className="break-all">{url}</span> any more. Another URL will have another address.
    </ConfirmDialog>
  );
}
